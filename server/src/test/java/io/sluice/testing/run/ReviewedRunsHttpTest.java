package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What validation asks people of a run: at which confidence, how many of them, and until when.
class ReviewedRunsHttpTest {
  private static final TestDesk DESK = new TestDesk(SharedServer.calls());

  /// Gets every intent right, and hears no room.
  private static final StubService ASSISTANT =
      StubService.start()
          .answering(_ ->
              StubService.Reply.of(200, "{\"intent\": \"lights.on\", \"entities\": {}}")
                  .with("Content-Type", "application/json"));

  @AfterAll
  static void stop() {
    ASSISTANT.close();
  }

  /// A case whose confidence is the weight of its intent: that is right, the rest is wrong.
  private static String confident(String name, String weight) {
    var rest = new java.math.BigDecimal("1").subtract(new java.math.BigDecimal(weight));
    return DESK.testCase(
        """
        name: %s
        type: voice
        weights: {intent: %s, entities: %s, semantic: 0}
        languages:
          en-US:
            utterance: turn on the light
            expect: {intent: lights.on, entities: {room: kitchen}, optional: [room]}
        """
            .formatted(name, weight, rest.toPlainString()));
  }

  private static String suite(List<String> names, String more) {
    return DESK.suite(
        """
        name: %s
        cases: [%s]
        assistant: {type: text, url: "%s"}
        %s
        """
            .formatted(
                TestDesk.name("Suite"), String.join(", ", names), ASSISTANT.url("/text"), more));
  }

  private static String ended(String suite) {
    var run = DESK.post("/test-runs", Map.of("suiteId", suite)).json(201);
    var id = run.get("testRunId").asString();
    DESK.schedule(id);
    DESK.ended(id);
    return id;
  }

  private static JsonNode validation(JsonNode execution) {
    return DESK.get("/validations/" + execution.get("validationId").asString());
  }

  /// The confidence and the status of each execution, in the order of the suite.
  private static List<String> judged(String suite) {
    return DESK.executions(ended(suite)).stream()
        .map(ReviewedRunsHttpTest::validation)
        .map(v -> v.get("confidence").asString() + " " + v.get("reviewStatus").asString())
        .toList();
  }

  @Test
  void theBordersAreExactAndThoseOfASuiteItsOwn() {
    var weights = List.of("0.75", "0.7499", "0.4", "0.3999");
    var names = weights.stream().map(weight -> TestDesk.name("Sure " + weight)).toList();
    for (int i = 0; i < weights.size(); i++) {
      confident(names.get(i), weights.get(i));
    }
    assertThat(judged(suite(names, "")))
        .containsExactly(
            "0.75 auto_pass", "0.7499 needs_review", "0.4 needs_review", "0.3999 auto_fail");
    assertThat(judged(suite(names, "thresholds: {autoPass: 0.4, needsReview: 0.3999}")))
        .containsExactly(
            "0.75 auto_pass", "0.7499 auto_pass", "0.4 auto_pass", "0.3999 needs_review");
    assertThat(judged(suite(names, "thresholds: {autoPass: 0.7501, needsReview: 0.75}")))
        .containsExactly(
            "0.75 needs_review", "0.7499 auto_fail", "0.4 auto_fail", "0.3999 auto_fail");
  }

  @Test
  void asManyDecideAsTheSuiteSays() {
    var name = TestDesk.name("Twice");
    confident(name, "0.5");
    var run = ended(suite(List.of(name), "review: {opinions: 2}"));
    var execution = DESK.executions(run).getFirst();
    var review = validation(execution).get("reviewId").asString();
    assertThat(DESK.get("/reviews/" + review).get("opinionsWanted").asInt()).isEqualTo(2);
    var first = DESK.decide(DESK.reviewer("en"), review, "pass");
    assertThat(first.get("status").asString()).isEqualTo("pending");
    assertThat(DESK.executions(run).getFirst().has("outcome")).isFalse();
    var second = DESK.decide(DESK.reviewer("en"), review, "pass");
    assertThat(second.get("verdict").asString()).isEqualTo("pass");
    assertThat(DESK.executions(run).getFirst().get("outcome").asString()).isEqualTo("passed");

    var usual = DESK.executions(ended(suite(List.of(name), "review: {opinions: 2, share: 0}")));
    var one = DESK.get("/reviews/" + validation(usual.getFirst()).get("reviewId").asString());
    assertThat(one.get("opinionsWanted").asInt()).isEqualTo(1);
  }

  @Test
  void aCancelledRunAsksNobodyAnyMore() throws Exception {
    var gate = new CountDownLatch(1);
    try (var slow = StubService.start()) {
      slow.answering(_ -> {
        gate.await();
        return StubService.Reply.of(200, "late");
      });
      var waits =
          DESK.testCase(
              """
              name: %s
              type: http
              steps: [{name: wait, url: "%s"}]
              """
                  .formatted(TestDesk.name("Waits"), slow.url("/")));
      var run =
          DESK.run(
              List.of(
                  confident(TestDesk.name("Claimed"), "0.5"),
                  confident(TestDesk.name("Pending"), "0.3"),
                  waits),
              Map.of(
                  "environment",
                  Map.of("assistant", Map.of("type", "text", "url", ASSISTANT.url("/text")))));
      DESK.schedule(run);
      DESK.when(run, r -> r.get("counters").get("reviewPending").asInt() == 2);
      var asked =
          DESK.executions(run).stream()
              .filter(e -> e.has("validationId"))
              .map(e -> validation(e).get("reviewId").asString())
              .toList();
      var reviewer = DESK.reviewer("en");
      DESK.post("/reviews/" + asked.getFirst() + "/claim", Map.of("reviewerId", reviewer))
          .json(200);
      var cancelled = DESK.post("/test-runs/" + run + "/cancel", Map.of()).json(200);
      gate.countDown();
      assertThat(cancelled.get("counters").get("reviewPending").asInt()).isZero();
      assertThat(cancelled.get("counters").get("failed").asInt()).isEqualTo(1);
      for (var review : asked) {
        var item = DESK.get("/reviews/" + review);
        assertThat(item.get("status").asString()).isEqualTo("withdrawn");
        assertThat(item.has("claimedBy")).isFalse();
      }
      var told =
          DESK.post(
              "/reviews/" + asked.getFirst() + "/decide",
              Map.of("reviewerId", reviewer, "verdict", "pass"));
      told.problem(409, "REVIEW_STATE");
      assertThat(told.body()).contains("was withdrawn");
      var doubtful = DESK.executions(run).getFirst();
      assertThat(doubtful.has("outcome")).isFalse();
      assertThat(doubtful.get("reason").asString()).contains("the run was cancelled");
      var again =
          DESK.post("/executions/" + doubtful.get("executionId").asString() + "/validate", Map.of())
              .json(200);
      assertThat(again.has("reviewId")).isFalse();
      assertThat(DESK.show(run).get("counters").get("reviewPending").asInt()).isZero();
    }
  }
}
