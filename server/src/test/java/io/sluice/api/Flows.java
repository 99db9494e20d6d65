package io.sluice.api;

import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Makes workflows and executes them, over HTTP.
record Flows(Calls http) {
  private static final List<String> ENDED =
      List.of("completed", "failed", "cancelled", "timed_out");

  /// Creates a workflow of a definition in YAML, under a name of its own.
  JsonNode create(String steps) {
    return reply("POST", "/api/v1/workflows", named(steps)).json(201);
  }

  /// A definition with a name that nobody else has.
  static String named(String rest) {
    return "name: w-" + UUID.randomUUID() + "\n" + rest;
  }

  Reply reply(String method, String path, String yaml) {
    return http.send(
        method, path, BodyPublishers.ofString(yaml), Map.of("Content-Type", "application/yaml"));
  }

  /// Starts an execution.
  ///
  /// @return its id
  String start(JsonNode workflow, String input) {
    return http.post(
            "/api/v1/workflows/" + workflow.get("id").asString() + "/execute",
            "{\"input\":" + input + "}")
        .json(202)
        .get("executionId")
        .asString();
  }

  /// Creates, executes and waits for the end.
  JsonNode run(String steps, String input) {
    return ended(start(create(steps), input));
  }

  JsonNode get(String id) {
    return http.get("/api/v1/executions/" + id).json(200);
  }

  JsonNode ended(String id) {
    return await(id, "ends", e -> ENDED.contains(e.get("status").asString()));
  }

  /// Waits until the execution is so.
  JsonNode await(String id, String what, java.util.function.Predicate<JsonNode> wanted) {
    return Await.value(
        "execution " + id + " " + what,
        Duration.ofSeconds(60),
        () -> Optional.of(get(id)).filter(wanted));
  }

  /// Waits until a step is in a state.
  JsonNode awaitStep(String id, String step, String state) {
    return Await.value(
        "step " + step + " of " + id + " is " + state,
        Duration.ofSeconds(60),
        () -> Optional.of(step(id, step)).filter(s -> s.get("state").asString().equals(state)));
  }

  JsonNode steps(String id) {
    return http.get("/api/v1/executions/" + id + "/steps").json(200).get("items");
  }

  JsonNode step(String id, String step) {
    return http.get("/api/v1/executions/" + id + "/steps/" + step).json(200);
  }

  Reply turn(String id, String verb) {
    return http.post("/api/v1/executions/" + id + "/" + verb, "");
  }
}
