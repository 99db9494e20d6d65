package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Calls;
import io.sluice.testing.SharedServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// "Basic Workflow Operations" of the checklist.
class WorkflowOperationsHttpTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final Flows FLOWS = new Flows(HTTP);
  private static final String ONE_STEP =
      """
      labels: {team: operations}
      steps:
        - {id: one, type: DATA_TRANSFORM, config: {expression: "1"}}
      """;

  @Test
  void createAWorkflowViaApi() {
    var made = FLOWS.create(ONE_STEP);
    assertThat(made.get("version").asInt()).isEqualTo(1);
    assertThat(made.get("changed").asBoolean()).isTrue();
    assertThat(UUID.fromString(made.get("id").asString()).version()).isEqualTo(7);
    FLOWS
        .reply("POST", "/api/v1/workflows", "name: broken\nsteps: [{id: a, type: NONSENSE}]")
        .problem(400, "INVALID_DEFINITION");
  }

  @Test
  void getWorkflowById() {
    var made = FLOWS.create(ONE_STEP);
    for (var prefix : new String[] {"/api/v1", "/api/v1/orchestration"}) {
      var got = HTTP.get(prefix + "/workflows/" + made.get("id").asString()).json(200);
      assertThat(got.get("name")).isEqualTo(made.get("name"));
      assertThat(got.at("/definition/steps/0/id").asString()).isEqualTo("one");
    }
    HTTP.get("/api/v1/workflows/" + UUID.randomUUID()).problem(404, "UNKNOWN_WORKFLOW");
  }

  @Test
  void listWorkflowsWithFilters() {
    var made = FLOWS.create(ONE_STEP);
    var name = made.get("name").asString();
    assertThat(ids(HTTP.get("/api/v1/workflows?name=" + name).json(200)))
        .containsExactly(made.get("id").asString());
    assertThat(ids(HTTP.get("/api/v1/workflows?limit=200&label=team=operations").json(200)))
        .contains(made.get("id").asString());
    assertThat(ids(HTTP.get("/api/v1/workflows?label=team=nobody").json(200))).isEmpty();
  }

  private static java.util.List<String> ids(JsonNode page) {
    return page.get("items").valueStream().map(w -> w.get("id").asString()).toList();
  }

  @Test
  void updateAWorkflow() {
    var made = FLOWS.create(ONE_STEP);
    var path = "/api/v1/workflows/" + made.get("id").asString();
    var changed =
        "name: " + made.get("name").asString() + "\n" + ONE_STEP.replace("\"1\"", "\"2\"");
    var updated = FLOWS.reply("PUT", path, changed).json(200);
    assertThat(updated.get("version").asInt()).isEqualTo(2);
    assertThat(FLOWS.reply("PUT", path, changed).json(200).get("version").asInt()).isEqualTo(2);
    assertThat(FLOWS.ended(FLOWS.start(updated, "null")).get("output").asInt()).isEqualTo(2);
    var older = HTTP.post(path + "/execute?wait=PT10S", "{\"version\":1}").json(200);
    assertThat(older.get("output").asInt()).isEqualTo(1);
  }

  @Test
  void deleteAWorkflow() {
    var made = FLOWS.create(ONE_STEP);
    var path = "/api/v1/workflows/" + made.get("id").asString();
    var execution = FLOWS.start(made, "null");
    assertThat(HTTP.delete(path).status()).isEqualTo(204);
    HTTP.get(path).problem(404, "UNKNOWN_WORKFLOW");
    HTTP.post(path + "/execute", "{}").problem(404, "UNKNOWN_WORKFLOW");
    // What runs keeps its version.
    assertThat(FLOWS.ended(execution).get("status").asString()).isEqualTo("completed");
  }
}
