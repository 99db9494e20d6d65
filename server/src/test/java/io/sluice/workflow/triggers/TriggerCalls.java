package io.sluice.workflow.triggers;

import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks of triggers with a server.
record TriggerCalls(Calls http) {
  static final String TRIGGERS = "/api/v1/triggers";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled", "timed_out");

  /// The only value of a query.
  String rowsOf(String query, String value) {
    return http.rows(query.formatted(value)).getFirst().getFirst();
  }

  static String json(Object value) {
    return JSON.writeValueAsString(value);
  }

  static String unique(String name) {
    return name + "-" + UUID.randomUUID().toString().substring(24);
  }

  /// A workflow that gives back what it is given.
  String echo() {
    return workflow(
        "echo",
        Map.of("id", "same", "type", "DATA_TRANSFORM", "config", Map.of("expression", "input")));
  }

  /// A workflow that runs until it gets the signal `go`.
  String patient() {
    return workflow(
        "patient", Map.of("id", "wait", "type", "WAIT", "config", Map.of("signal", "go")));
  }

  /// @return its name
  @SafeVarargs
  final String workflow(String name, Map<String, ?>... steps) {
    var own = unique(name);
    var definition = new LinkedHashMap<String, Object>();
    definition.put("name", own);
    definition.put("steps", List.of(steps));
    http.post("/api/v1/workflows", json(definition)).json(201);
    return own;
  }

  /// A workflow that is gone by the time that a trigger would start it.
  void remove(String workflow) {
    if (http.delete("/api/v1/workflows/" + workflow).status() != 204) {
      throw new AssertionError("not removed: " + workflow);
    }
  }

  static Map<String, Object> draft(String type, String workflow) {
    var draft = new LinkedHashMap<String, Object>();
    draft.put("name", unique(type));
    draft.put("type", type);
    draft.put("workflow", workflow);
    return draft;
  }

  static Map<String, Object> draft(String type, String workflow, Map<String, ?> rule) {
    var draft = draft(type, workflow);
    draft.put(type, rule);
    return draft;
  }

  JsonNode create(Map<String, ?> draft) {
    return http.post(TRIGGERS, json(draft)).json(201);
  }

  static String id(JsonNode trigger) {
    return trigger.get("id").asString();
  }

  static String path(JsonNode trigger) {
    return TRIGGERS + "/" + id(trigger);
  }

  Reply put(JsonNode trigger, Map<String, ?> draft, Map<String, String> headers) {
    var all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/json");
    return http.send("PUT", path(trigger), BodyPublishers.ofString(json(draft)), all);
  }

  JsonNode fire(JsonNode trigger, Object input) {
    return http.post(path(trigger) + "/fire", json(Map.of("input", input))).json(202);
  }

  /// Newest first.
  List<JsonNode> firings(JsonNode trigger) {
    return http.get(path(trigger) + "/firings?limit=200")
        .json(200)
        .get("items")
        .valueStream()
        .toList();
  }

  List<JsonNode> firings(JsonNode trigger, String outcome) {
    return firings(trigger).stream()
        .filter(f -> f.get("outcome").asString().equals(outcome))
        .toList();
  }

  /// Waits until there are so many.
  List<JsonNode> firings(JsonNode trigger, String outcome, int count) {
    return Await.value(
        count + " firings " + outcome + " of " + trigger,
        PATIENCE,
        () -> Optional.of(firings(trigger, outcome)).filter(f -> f.size() >= count));
  }

  JsonNode execution(JsonNode firing) {
    return http.get("/api/v1/executions/" + firing.get("executionId").asString()).json(200);
  }

  JsonNode ended(JsonNode firing) {
    return Await.value(
        "the execution of " + firing + " ends",
        PATIENCE,
        () ->
            Optional.of(execution(firing)).filter(e -> ENDED.contains(e.get("status").asString())));
  }

  void signal(JsonNode firing, String name) {
    var path = "/api/v1/executions/" + firing.get("executionId").asString() + "/signals/" + name;
    http.post(path, "{}");
  }

  UUID publish(String type, Map<String, ?> payload) {
    return publish(Map.of("type", type, "payload", payload));
  }

  UUID publish(Map<String, ?> event) {
    return UUID.fromString(http.post("/api/v1/events", json(event)).json(202).get("id").asString());
  }
}
