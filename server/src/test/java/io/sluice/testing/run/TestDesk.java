package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Defines and runs tests over HTTP.
final class TestDesk {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

  private final Calls http;

  TestDesk(Calls http) {
    this.http = http;
  }

  Calls http() {
    return http;
  }

  /// A name that nobody else has.
  static String name(String what) {
    return what + " " + NUMBER.incrementAndGet() + "-" + ProcessHandle.current().pid();
  }

  /// Stores a case, and gives its id.
  String testCase(String yaml) {
    return asset("test-cases", yaml);
  }

  /// Stores a suite, and gives its id.
  String suite(String yaml) {
    return asset("test-suites", yaml);
  }

  private String asset(String route, String yaml) {
    var reply =
        http.send(
            "POST",
            "/api/v1/" + route,
            BodyPublishers.ofString(yaml),
            Map.of("Content-Type", "application/yaml"));
    assertThat(reply.status()).as(reply.body()).isIn(200, 201);
    return reply.json().get("asset").get("id").asString();
  }

  Reply post(String path, Object body) {
    return http.post("/api/v1" + path, JSON.writeValueAsString(body));
  }

  JsonNode get(String path) {
    return http.get("/api/v1" + path).json(200);
  }

  /// Makes a run of cases.
  String run(List<String> cases, Map<String, ?> more) {
    var body = new java.util.LinkedHashMap<String, Object>(more);
    body.put("testCaseIds", cases);
    return post("/test-runs", body).json(201).get("testRunId").asString();
  }

  JsonNode schedule(String run) {
    return post("/test-runs/" + run + "/schedule", Map.of()).json(202);
  }

  JsonNode show(String run) {
    return get("/test-runs/" + run);
  }

  JsonNode ended(String run) {
    return when(run, r -> ENDED.contains(r.get("status").asString()));
  }

  JsonNode when(String run, Predicate<JsonNode> condition) {
    return Await.value(
        "run " + run + " is as wanted",
        Duration.ofSeconds(60),
        () -> Optional.of(show(run)).filter(condition));
  }

  List<JsonNode> executions(String run) {
    return get("/test-runs/" + run + "/executions?limit=200").get("items").valueStream().toList();
  }

  JsonNode execution(String run, String language) {
    return executions(run).stream()
        .filter(e -> e.get("languageCode").asString().equals(language))
        .findFirst()
        .orElseThrow();
  }

  /// A reviewer who speaks some languages.
  String reviewer(String... languages) {
    return post(
            "/reviewers",
            Map.of(
                "name", name("Reviewer"),
                "nativeLanguages", List.of(languages),
                "fluentLanguages", List.of(),
                "skills", List.of("manual")))
        .json(201)
        .get("reviewerId")
        .asString();
  }

  /// Claims a review, and decides it.
  JsonNode decide(String reviewer, String review, String verdict) {
    post("/reviews/" + review + "/claim", Map.of("reviewerId", reviewer)).json(200);
    return post(
            "/reviews/" + review + "/decide",
            Map.of("reviewerId", reviewer, "verdict", verdict, "note", "heard it"))
        .json(200);
  }
}
