package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Calls;
import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// "Integration Points" of the checklist.
class IntegrationPointsHttpTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final Flows FLOWS = new Flows(HTTP);

  @Test
  void dataServiceHealthCheck() {
    assertThat(HTTP.get("/health").json(200).get("status").asString()).isEqualTo("up");
    assertThat(HTTP.get("/ready").json(200).get("ready").asBoolean()).isTrue();
    for (var path : new String[] {"/api/v1/orchestration/health", "/api/v1/executions/health"}) {
      var health = HTTP.get(path).json(200);
      assertThat(health.get("status").asString()).isIn("up", "failing", "behind");
      assertThat(health.get("lastHour").isObject()).isTrue();
    }
  }

  @Test
  void apiServiceProxyRoutes() {
    var workflow =
        FLOWS.create("steps: [{id: a, type: DATA_TRANSFORM, config: {expression: \"1\"}}]");
    var base = "/api/v1/orchestration";
    var id = workflow.get("id").asString();
    var done = HTTP.post(base + "/workflows/" + id + "/execute?wait=PT20S", "{}").json(200);
    var execution = done.get("executionId").asString();
    for (var path :
        new String[] {
          "/executions/" + execution,
          "/executions/" + execution + "/steps",
          "/executions/" + execution + "/steps/a",
          "/executions/" + execution + "/transitions",
          "/executions/" + execution + "/progress",
          "/executions?workflowId=" + id,
          "/executions/metrics",
          "/executions/queue",
          "/workflows/" + id,
          "/workflows/" + id + "/metrics",
          "/circuit-breakers"
        }) {
      assertThat(HTTP.get(base + path).status()).as(path).isEqualTo(200);
      assertThat(HTTP.get("/api/v1" + path).status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void orchestratorApiEndpoints() {
    var definition =
        "{\"name\":\"ad-hoc\",\"steps\":[{\"id\":\"gate\",\"type\":\"WAIT\",\"config\":{\"signal\":\"go\"}},"
            + "{\"id\":\"a\",\"type\":\"DATA_TRANSFORM\",\"dependsOn\":[\"gate\"],\"config\":{\"expression\":\"input.n + 1\"}}]}";
    var asked =
        HTTP.post(
                "/api/orchestration/execute",
                "{\"definition\":" + definition + ",\"input\":{\"n\":1}}")
            .json(202);
    var id = asked.get("requestId").asString();
    assertThat(
            HTTP.get("/api/orchestration/active?limit=200")
                .json(200)
                .get("items")
                .valueStream()
                .map(r -> r.get("requestId").asString())
                .toList())
        .contains(id);
    FLOWS.awaitStep(id, "gate", "waiting");
    HTTP.post("/api/v1/executions/" + id + "/signals/go", "null");
    FLOWS.ended(id);
    var active = HTTP.get("/api/orchestration/active/" + id).json(200);
    assertThat(active.get("status").asString()).isEqualTo("completed");
    assertThat(active.get("result").asInt()).isEqualTo(2);
    var at =
        HTTP.post(
                "/api/orchestration/execute?wait=PT20S",
                "{\"definition\":{\"name\":\"quick\",\"steps\":[{\"id\":\"a\",\"type\":\"DATA_TRANSFORM\",\"config\":{\"expression\":\"41 + 1\"}}]}}")
            .json(200);
    assertThat(at.get("result").asInt()).isEqualTo(42);
    HTTP.post("/api/orchestration/execute", "{\"definition\":{\"name\":\"none\",\"steps\":[]}}")
        .problem(400, "INVALID_DEFINITION");
    HTTP.post("/api/orchestration/execute", "{}").problem(400, "BAD_PARAMETER");
  }

  @Test
  void allServicesCommunicateCorrectly() {
    try (var service = StubService.start()) {
      var breaker = UUID.randomUUID().toString();
      var id =
          FLOWS.start(
              FLOWS.create(
                  """
                  steps:
                    - {id: call, type: HTTP_REQUEST, config: {service: "%s", method: GET, url: "%s"}}
                  """
                      .formatted(breaker, service.url("/through-the-guard"))),
              "null");
      JsonNode done = FLOWS.ended(id);
      assertThat(done.get("status").asString()).as(done.toString()).isEqualTo("completed");
      assertThat(HTTP.get("/api/v1/circuit-breakers/" + breaker).json(200).toString())
          .contains("CLOSED");
      assertThat(HTTP.get("/api/v1/jobs/" + id).json(200).get("kind").asString())
          .isEqualTo("workflow.execution");
    }
  }
}
