package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Tests among everything that is executed.
class ExecutedTestsHttpTest {
  private static final TestDesk DESK = new TestDesk(SharedServer.calls());

  private static List<String> ids(String query) {
    return items(query).stream().map(e -> e.get("executionId").asString()).toList();
  }

  private static List<JsonNode> items(String query) {
    return DESK.get("/executions?" + query).get("items").valueStream().toList();
  }

  @Test
  void runsAndTheirExecutionsAreListedAndShownWithEverythingElse() {
    try (var shop = StubService.start()) {
      var testCase =
          DESK.testCase(
              """
              name: %s
              type: http
              parameters: [{n: 1}, {n: 2}, {n: 3}]
              steps: [{name: look, url: "%s"}]
              """
                  .formatted(TestDesk.name("Listed"), shop.url("/${row.n}")));
      var run = DESK.run(List.of(testCase), Map.of("triggerType", "manual"));
      assertThat(ids("type=suite&status=pending")).contains(run);
      DESK.schedule(run);
      DESK.ended(run);
      var executions =
          DESK.executions(run).stream().map(e -> e.get("executionId").asString()).toList();

      assertThat(ids("type=case&limit=200")).containsAll(executions).doesNotContain(run);
      assertThat(ids("type=suite&trigger=manual"))
          .contains(run)
          .doesNotContainAnyElementsOf(executions);
      assertThat(ids("type=suite,case&status=completed&limit=200"))
          .contains(run)
          .containsAll(executions);
      assertThat(ids("parentId=" + run)).containsExactlyElementsOf(executions.reversed());
      assertThat(ids("parentId=" + run + "&status=failed")).isEmpty();
      assertThat(ids("parentId=" + run + "&createdFrom=2099-01-01T00:00:00Z")).isEmpty();
      assertThat(ids("type=case,suite&label=a=b")).isEmpty();
      var page = DESK.get("/executions?limit=2&parentId=" + run);
      assertThat(ids("parentId=" + run + "&cursor=" + page.get("nextCursor").asString()))
          .containsExactly(executions.getFirst());

      var whole = DESK.get("/executions/" + run);
      assertThat(whole.get("type").asString()).isEqualTo("suite");
      assertThat(whole.get("status").asString()).isEqualTo("completed");
      assertThat(whole.get("trigger").asString()).isEqualTo("manual");
      assertThat(whole.get("progress").get("done").asInt()).isEqualTo(3);
      assertThat(whole.get("durationMillis").isNumber()).isTrue();
      var one = DESK.get("/executions/" + executions.getLast());
      assertThat(one.get("type").asString()).isEqualTo("case");
      assertThat(one.get("parentId").asString()).isEqualTo(run);
      assertThat(one.get("input").get("data").get("n").asInt()).isEqualTo(3);
      assertThat(one.get("input").get("languageCode").asString()).isEqualTo("en-US");
      assertThat(one.get("output").get("status").asInt()).isEqualTo(200);
      assertThat(DESK.get("/executions/" + run + "/progress").get("percent").asInt())
          .isEqualTo(100);
      assertThat(DESK.get("/test-executions/" + executions.getLast()).has("trace")).isTrue();
    }
  }
}
