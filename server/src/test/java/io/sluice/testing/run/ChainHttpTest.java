package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole chain through HTTP: run, executions, validation, confidence, pass or the human queue,
/// verdict, the run's result.
class ChainHttpTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TestDesk DESK = new TestDesk(SharedServer.calls());

  /// Understands English well, Spanish half, and French not at all.
  private static final StubService ASSISTANT = StubService.start().answering(asked -> reply(asked));

  @AfterAll
  static void stop() {
    ASSISTANT.close();
  }

  private static StubService.Reply reply(StubService.Asked asked) {
    var request = JSON.readTree(asked.body());
    var answer =
        switch (request.path("language").asString().substring(0, 2)) {
          case "en" -> answer("lights.on", "kitchen", "Okay, the kitchen light is on.");
          case "es" -> answer("lights.on", "sala", "Listo, la luz de la sala está encendida.");
          default -> answer("weather", "Paris", "Il pleut.");
        };
    return StubService.Reply.of(200, JSON.writeValueAsString(answer))
        .with("Content-Type", "application/json");
  }

  private static Map<String, Object> answer(String intent, String room, String reply) {
    return Map.of("intent", intent, "entities", Map.of("room", room), "reply", reply);
  }

  private static String voiceCase() {
    return DESK.testCase(
        """
        name: %s
        type: voice
        tags: [lights]
        requiresNativeSpeaker: true
        languages:
          en-US: {utterance: "turn on the kitchen light", expect: {intent: lights.on, entities: {room: kitchen}, reply: "Okay, the kitchen light is on."}}
          es-MX: {utterance: "enciende la luz de la cocina", expect: {intent: lights.on, entities: {room: cocina}, reply: "Listo, la luz de la cocina está encendida."}}
          fr-FR: {utterance: "allume la lumière de la cuisine", expect: {intent: lights.on, entities: {room: cuisine}, reply: "D'accord, la lumière est allumée."}}
        """
            .formatted(TestDesk.name("Kitchen light")));
  }

  private static String run(String testCase) {
    return DESK.run(
        List.of(testCase),
        Map.of(
            "languages", List.of("en-US", "es-MX", "fr-FR"),
            "environment",
                Map.of("assistant", Map.of("type", "text", "url", ASSISTANT.url("/text"))),
            "triggerType", "ci",
            "triggerMetadata", Map.of("commit", "abc")));
  }

  @Test
  void fromTestRunToVerdict() {
    var run = run(voiceCase());
    var pending = DESK.show(run);
    assertThat(pending.get("status").asString()).isEqualTo("pending");
    assertThat(pending.get("totalTests").asInt()).isEqualTo(1);
    assertThat(pending.get("counters").get("total").asInt()).isZero();

    var scheduled = DESK.schedule(run);
    assertThat(scheduled.get("scheduledCount").asInt()).isEqualTo(3);
    assertThat(scheduled.get("taskIds")).hasSize(3);
    assertThat(scheduled.get("executionIds")).hasSize(3);
    assertThat(scheduled.get("run").get("status").asString()).isEqualTo("running");

    var ended = DESK.ended(run);
    assertThat(ended.get("status").asString()).as(ended.toString()).isEqualTo("completed");
    assertThat(ended.get("outcome").asString()).isEqualTo("failed");
    assertThat(ended.get("revision").asInt()).isEqualTo(1);
    var counters = ended.get("counters");
    assertThat(counters.get("passed").asInt()).isEqualTo(1);
    assertThat(counters.get("failed").asInt()).isEqualTo(1);
    assertThat(counters.get("undecided").asInt()).isEqualTo(1);
    assertThat(counters.get("reviewPending").asInt()).isEqualTo(2);

    passedByItself(DESK.execution(run, "en-US"));
    var spanish = DESK.execution(run, "es-MX");
    assertThat(spanish.path("outcome").asString("none")).isEqualTo("none");
    var french = DESK.execution(run, "fr-FR");
    assertThat(french.get("outcome").asString()).isEqualTo("failed");

    var asked = question(spanish, "needs_review", 5);
    question(french, "auto_fail", 2);
    DESK.decide(DESK.reviewer("es"), asked.get("reviewId").asString(), "fail");
    var judged = DESK.execution(run, "es-MX");
    assertThat(judged.get("outcome").asString()).isEqualTo("failed");
    assertThat(judged.get("reviewPending").asBoolean()).isFalse();
    var after = DESK.show(run);
    assertThat(after.get("revision").asInt()).isEqualTo(2);
    assertThat(after.get("counters").get("failed").asInt()).isEqualTo(2);
    assertThat(after.get("counters").get("reviewPending").asInt()).isEqualTo(1);
    var revisions = DESK.get("/test-runs/" + run + "/revisions").get("items");
    assertThat(revisions.get(0).get("cause").asString()).isEqualTo("completed");
    assertThat(revisions.get(1).get("cause").asString()).isEqualTo("verdict");
    assertThat(revisions.get(1).get("to").asString()).isEqualTo("failed");
  }

  private static void passedByItself(JsonNode execution) {
    assertThat(execution.get("outcome").asString()).as(execution.toString()).isEqualTo("passed");
    assertThat(execution.get("status").asString()).isEqualTo("completed");
    assertThat(execution.get("executionTime").isNumber()).isTrue();
    var validation = DESK.get("/validations/" + execution.get("validationId").asString());
    assertThat(validation.get("executionId")).isEqualTo(execution.get("executionId"));
    assertThat(validation.get("confidenceScore").asDouble()).isBetween(75.0, 100.0);
    assertThat(validation.get("confidence").asDouble()).isBetween(0.75, 1.0);
    assertThat(validation.get("validatorScores").get("intent").asDouble()).isEqualTo(1.0);
    assertThat(validation.get("validatorScores").get("entity").asDouble()).isEqualTo(1.0);
    assertThat(validation.get("validatorScores").has("semantic")).isTrue();
    assertThat(validation.get("reviewStatus").asString()).isEqualTo("auto_pass");
    assertThat(validation.get("passed").asBoolean()).isTrue();
    assertThat(validation.get("status").asString()).isEqualTo("completed");
    assertThat(validation.has("reviewId")).isFalse();
    var job = DESK.get("/jobs/" + execution.get("jobId").asString());
    var metadata = job.get("result");
    for (var field :
        List.of(
            "executionId",
            "testCaseId",
            "testRunId",
            "languageCode",
            "status",
            "result",
            "executionTime",
            "message")) {
      assertThat(metadata.has(field)).as(field + " in " + metadata).isTrue();
    }
    var whole = DESK.get("/test-executions/" + execution.get("executionId").asString());
    assertThat(whole.get("transitions").valueStream().map(t -> t.get("to").asString()))
        .containsExactly("queued", "running", "completed");
    assertThat(whole.get("trace")).hasSize(1);
    assertThat(whole.get("attempts")).hasSize(1);
  }

  private static JsonNode question(JsonNode execution, String status, int priority) {
    var validation = DESK.get("/validations/" + execution.get("validationId").asString());
    assertThat(validation.get("reviewStatus").asString()).isEqualTo(status);
    var review = DESK.get("/reviews/" + validation.get("reviewId").asString());
    assertThat(review.get("priority").asInt()).isEqualTo(priority);
    assertThat(review.get("status").asString()).isEqualTo("pending");
    assertThat(review.get("requiresNativeSpeaker").asBoolean()).isTrue();
    assertThat(review.get("language")).isEqualTo(execution.get("languageCode"));
    assertThat(review.get("confidenceScore").decimalValue())
        .isEqualByComparingTo(validation.get("confidenceScore").decimalValue());
    assertThat(review.get("payload").get("reviewStatus").asString()).isEqualTo(status);
    assertThat(review.get("payload").get("observed").has("reply")).isTrue();
    return review;
  }

  @Test
  void aVerdictHoldsForTheSameResponseOfTheSameCase() {
    var testCase = voiceCase();
    var first = run(testCase);
    DESK.schedule(first);
    DESK.ended(first);
    var spanish = DESK.execution(first, "es-MX");
    var review =
        DESK.get("/validations/" + spanish.get("validationId").asString())
            .get("reviewId")
            .asString();
    DESK.decide(DESK.reviewer("es"), review, "pass");
    var second = run(testCase);
    DESK.schedule(second);
    var ended = DESK.ended(second);
    assertThat(ended.get("counters").get("reviewPending").asInt()).isEqualTo(1);
    var reused = DESK.execution(second, "es-MX");
    assertThat(reused.get("outcome").asString()).isEqualTo("passed");
    assertThat(
            DESK.get("/validations/" + reused.get("validationId").asString())
                .get("reusedFrom")
                .asString())
        .isEqualTo(review);
    var comparison = DESK.get("/test-runs/compare?a=" + first + "&b=" + second);
    assertThat(comparison.get("summary").get("same").asInt()).isEqualTo(3);
  }

  @Test
  void inlineTheSameChainIsWholeWhenTheAnswerComes() {
    var run = run(voiceCase());
    var done = DESK.post("/test-runs/" + run + "/schedule", Map.of("runInline", true)).json(202);
    assertThat(done.get("run").get("status").asString()).as(done.toString()).isEqualTo("completed");
    assertThat(done.get("executions")).hasSize(3);
    assertThat(done.get("run").get("counters").get("passed").asInt()).isEqualTo(1);
    assertThat(done.get("run").get("counters").get("reviewPending").asInt()).isEqualTo(2);
    assertThat(DESK.execution(run, "en-US").get("outcome").asString()).isEqualTo("passed");
  }

  @Test
  void anUndoneVerdictIsUndoneEverywhere() {
    var run = run(voiceCase());
    DESK.schedule(run);
    DESK.ended(run);
    var french = DESK.execution(run, "fr-FR");
    var review =
        DESK.get("/validations/" + french.get("validationId").asString())
            .get("reviewId")
            .asString();
    var reviewer = DESK.reviewer("fr");
    DESK.decide(reviewer, review, "pass");
    assertThat(DESK.execution(run, "fr-FR").get("outcome").asString()).isEqualTo("passed");
    DESK.post("/reviews/" + review + "/undo", Map.of("reviewerId", reviewer)).json(200);
    var undone = DESK.execution(run, "fr-FR");
    assertThat(undone.get("outcome").asString()).isEqualTo("failed");
    assertThat(undone.get("reviewPending").asBoolean()).isTrue();
    assertThat(DESK.show(run).get("revision").asInt()).isEqualTo(3);
  }

  @Test
  void validatingAgainReplacesTheQuestion() {
    var run = run(voiceCase());
    DESK.schedule(run);
    DESK.ended(run);
    var spanish = DESK.execution(run, "es-MX");
    var before = DESK.get("/validations/" + spanish.get("validationId").asString());
    var again =
        DESK.post("/executions/" + spanish.get("executionId").asString() + "/validate", Map.of())
            .json(200);
    assertThat(again.get("validationId")).isNotEqualTo(before.get("validationId"));
    assertThat(DESK.get("/reviews/" + before.get("reviewId").asString()).get("status").asString())
        .isEqualTo("withdrawn");
    assertThat(DESK.show(run).get("counters").get("reviewPending").asInt()).isEqualTo(2);
  }
}
