package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.SharedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Cases that a person carries out.
class WaitingRunnersTest {
  private static final TestDesk DESK = new TestDesk(SharedServer.calls());

  private static String manual() {
    return DESK.testCase(
        """
        name: %s
        type: manual
        preconditions: [The kettle is cold]
        steps:
          - {instruction: "Press the button in ${language}", expect: "The lamp is on"}
          - {instruction: "Wait", expect: "It boils"}
        """
            .formatted(TestDesk.name("Kettle")));
  }

  private static JsonNode asked(String run) {
    var execution = DESK.executions(run).getFirst().get("executionId").asString();
    return Await.value(
        "a person is asked",
        Duration.ofSeconds(20),
        () ->
            DESK.get("/reviews?source=manual-test&limit=200")
                .get("items")
                .valueStream()
                .filter(r -> r.get("subjectId").asString().equals(execution))
                .findFirst()
                .or(Optional::empty));
  }

  @Test
  void aPersonTakesTheStepsAndTheirWordIsTheOutcome() {
    for (var verdict :
        Map.of("pass", "passed", "fail", "failed", "edge_case", "skipped").entrySet()) {
      var run = DESK.run(List.of(manual()), Map.of());
      DESK.schedule(run);
      var review = asked(run);
      assertThat(review.get("skills").get(0).asString()).isEqualTo("manual");
      assertThat(review.get("payload").get("steps").get(0).get("instruction").asString())
          .isEqualTo("Press the button in en-US");
      DESK.decide(DESK.reviewer("en"), review.get("reviewId").asString(), verdict.getKey());
      DESK.ended(run);
      var execution = DESK.executions(run).getFirst();
      assertThat(execution.get("outcome").asString()).isEqualTo(verdict.getValue());
      assertThat(execution.get("steps").asInt()).isEqualTo(2);
    }
  }

  @Test
  void whatIsCancelledIsNotAskedAnyMore() {
    var run = DESK.run(List.of(manual()), Map.of());
    DESK.schedule(run);
    var review = asked(run).get("reviewId").asString();
    DESK.post("/test-runs/" + run + "/cancel", Map.of()).json(200);
    assertThat(DESK.get("/reviews/" + review).get("status").asString()).isEqualTo("withdrawn");
  }

  @Test
  void inlineNobodyCanBeWaitedFor() {
    var run = DESK.run(List.of(manual()), Map.of());
    var done = DESK.post("/test-runs/" + run + "/schedule", Map.of("runInline", true)).json(202);
    assertThat(done.get("executions").get(0).get("errorCode").asString()).isEqualTo("NOT_INLINE");
  }

  @Test
  void aWorkflowIsExecutedAndWhatItGivesIsChecked() {
    var flow = TestDesk.name("flow").replace(' ', '-');
    DESK.http()
        .send(
            "POST",
            "/api/v1/workflows",
            java.net.http.HttpRequest.BodyPublishers.ofString(
                """
                name: %s
                steps: [{id: twice, type: DATA_TRANSFORM, config: {expression: input.n * 2}}]
                output: {n: "${steps.twice.output}"}
                """
                    .formatted(flow)),
            Map.of("Content-Type", "application/yaml"))
        .json(201);
    var testCase =
        DESK.testCase(
            """
            name: %s
            type: workflow
            parameters: [{n: 21, twice: 42}, {n: 1, twice: 3}]
            steps: [{workflow: %s, input: {n: "${row.n}"}, expect: {assertions: ["output.n = row.twice"]}}]
            """
                .formatted(TestDesk.name("Twice"), flow));
    var run = DESK.run(List.of(testCase), Map.of());
    DESK.schedule(run);
    DESK.ended(run);
    assertThat(DESK.executions(run))
        .extracting(e -> e.get("outcome").asString())
        .containsExactlyInAnyOrder("passed", "failed");
  }

  @Test
  void aWorkflowCaseOfAnUnknownWorkflowIsAnError() {
    var testCase =
        DESK.testCase(
            """
            name: %s
            type: workflow
            steps: [{workflow: none, input: {a: 1}}]
            """
                .formatted(TestDesk.name("Flow")));
    var run = DESK.run(List.of(testCase), Map.of());
    DESK.schedule(run);
    DESK.ended(run);
    assertThat(DESK.executions(run).getFirst().get("outcome").asString()).isEqualTo("error");
  }
}
