package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.Reply;
import io.sluice.testing.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Steps that ask people: their questions are in the review queue, and one answer is taken.
class PeopleInWorkflowsHttpTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final Flows FLOWS = new Flows(HTTP);
  private static final String TASK =
      """
      steps:
        - id: approve
          type: HUMAN_TASK
          config:
            title: "Approve ${input.what}"
            form: {type: object, required: [ok], properties: {ok: {type: boolean}}, additionalProperties: false}
            review: {priority: 3, language: "${input.language}", skills: ["%s"]}
      """;

  /// Each test has a skill to itself, so that nobody else takes its items.
  private final String skill = "s-" + UUID.randomUUID();

  private final String reviewer =
      HTTP.post(
              "/api/v1/reviewers",
              """
              {"name": "%1$s", "nativeLanguages": ["es"], "fluentLanguages": ["en"], "skills": ["%1$s"]}\
              """
                  .formatted(skill))
          .json(201)
          .get("reviewerId")
          .asString();

  private JsonNode task(String more) {
    return FLOWS.create(TASK.formatted(skill) + more);
  }

  private String start(JsonNode workflow) {
    return FLOWS.start(workflow, "{\"what\":\"it\",\"language\":\"es-MX\"}");
  }

  /// The item that is in the queue for an execution, once it is.
  private JsonNode asked(JsonNode workflow, String execution) {
    return asked(workflow, execution, "pending");
  }

  private JsonNode asked(JsonNode workflow, String execution, String status) {
    return Await.value(
        "the question of " + execution + " is " + status,
        Duration.ofSeconds(30),
        () -> {
          var items =
              HTTP.get("/api/v1/reviews?source=workflow&group=" + workflow.get("name").asString())
                  .json(200)
                  .get("items");
          for (var item : items) {
            if (item.get("subjectId").asString().equals(execution)
                && item.get("status").asString().equals(status)) {
              return Optional.of(item);
            }
          }
          return Optional.empty();
        });
  }

  private JsonNode claim(JsonNode item) {
    return HTTP.post("/api/v1/reviews/" + id(item) + "/claim", who()).json(200);
  }

  private String who() {
    return "{\"reviewerId\": \"" + reviewer + "\"}";
  }

  private static String id(JsonNode item) {
    return item.get("reviewId").asString();
  }

  private Reply decide(JsonNode item, String verdict, String labels) {
    return HTTP.post(
        "/api/v1/reviews/" + id(item) + "/decide",
        """
        {"reviewerId": "%s", "verdict": "%s", "note": "seen", "labels": %s}\
        """
            .formatted(reviewer, verdict, labels));
  }

  private static Reply signal(String execution, String name, String payload) {
    return HTTP.post("/api/v1/executions/" + execution + "/signals/" + name, payload);
  }

  @Test
  void aVerdictAnswersATaskWithWhatWasFilledIn() {
    var workflow = task("");
    var id = start(workflow);
    asked(workflow, id);
    var item =
        HTTP.post(
                "/api/v1/reviews/claim",
                "{\"reviewerId\": \"%s\", \"group\": \"%s\"}"
                    .formatted(reviewer, workflow.get("name").asString()))
            .json(200);
    assertThat(item.get("title").asString()).isEqualTo("Approve it");
    assertThat(item.get("language").asString()).isEqualTo("es-MX");
    assertThat(item.get("priority").asInt()).isEqualTo(3);
    assertThat(item.at("/payload/form/required/0").asString()).isEqualTo("ok");
    assertThat(item.at("/payload/executionId").asString()).isEqualTo(id);
    var misfit = decide(item, "pass", "{\"ok\": \"perhaps\"}").problem(400, "INVALID_INPUT");
    assertThat(misfit.at("/errors/0/pointer").asString()).isEqualTo("/labels/ok");
    decide(item, "pass", "{\"ok\": true}").json(200);
    var output = FLOWS.ended(id).get("output");
    assertThat(output.get("ok").asBoolean()).isTrue();
    assertThat(output.at("/review/verdict").asString()).isEqualTo("pass");
    assertThat(output.at("/review/reviewerId").asString()).isEqualTo(reviewer);
    assertThat(output.at("/review/note").asString()).isEqualTo("seen");
    HTTP.post("/api/v1/reviews/" + id(item) + "/undo", who()).problem(409, "VERDICT_HANDED_OVER");
    assertThat(HTTP.get("/api/v1/reviews/" + id(item)).json(200).get("status").asString())
        .isEqualTo("completed");
  }

  @Test
  void whoeverRefusesNeedNotFillInTheForm() {
    var workflow = task("");
    var id = start(workflow);
    decide(claim(asked(workflow, id)), "fail", "null").json(200);
    assertThat(FLOWS.ended(id).at("/output/review/verdict").asString()).isEqualTo("fail");
  }

  @Test
  void aSignalTakesTheQuestionOutOfTheQueue() {
    var workflow = task("");
    var id = start(workflow);
    var item = claim(asked(workflow, id));
    signal(id, "approve", "{\"ok\": 1}").problem(400, "INVALID_INPUT");
    assertThat(signal(id, "approve", "{\"ok\": true}").status()).isEqualTo(204);
    assertThat(FLOWS.ended(id).get("output").toString()).isEqualTo("{\"ok\":true}");
    decide(item, "pass", "{\"ok\": false}").problem(409, "REVIEW_STATE");
    asked(workflow, id, "withdrawn");
  }

  @Test
  void ofAVerdictAndASignalAtOnceOneWins() throws Exception {
    var workflow = task("");
    for (int round = 0; round < 4; round++) {
      var id = start(workflow);
      var item = claim(asked(workflow, id));
      var all =
          List.<Callable<Integer>>of(
              () -> decide(item, "pass", "{\"ok\": true}").status(),
              () -> signal(id, "approve", "{\"ok\": false}").status());
      var statuses = new ArrayList<Integer>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var end : threads.invokeAll(all)) {
          statuses.add(end.get());
        }
      }
      assertThat(statuses).containsAnyOf(200, 204).contains(409);
      boolean verdict = statuses.getFirst() == 200;
      assertThat(FLOWS.ended(id).at("/output/ok").asBoolean()).isEqualTo(verdict);
      asked(workflow, id, verdict ? "completed" : "withdrawn");
    }
  }

  @Test
  void anAnswerThatComesBeforeTheQuestionIsKeptAndNobodyIsAsked() {
    var workflow =
        FLOWS.create(
            """
            steps:
              - {id: first, type: WAIT, config: {signal: go}}
              - {id: approve, type: HUMAN_TASK, dependsOn: [first], config: {title: t, form: {type: object}}}
            """);
    var id = FLOWS.start(workflow, "null");
    FLOWS.awaitStep(id, "first", "waiting");
    assertThat(signal(id, "approve", "{\"ok\": true}").status()).isEqualTo(204);
    assertThat(signal(id, "go", "null").status()).isEqualTo(204);
    assertThat(FLOWS.ended(id).get("output").toString()).isEqualTo("{\"ok\":true}");
    assertThat(
            HTTP.get("/api/v1/reviews?group=" + workflow.get("name").asString())
                .json(200)
                .get("items"))
        .isEmpty();
  }

  @Test
  void aTimeOutAndACancelTakeTheQuestionOutOfTheQueue() {
    var timed =
        FLOWS.create(
            """
            steps:
              - {id: approve, type: HUMAN_TASK, config: {title: t, form: {type: object}, timeout: PT0.3S, onTimeout: CONTINUE, review: {skills: [%s]}}}
            """
                .formatted(skill));
    var first = FLOWS.start(timed, "null");
    assertThat(FLOWS.ended(first).get("status").asString()).isEqualTo("completed");
    asked(timed, first, "withdrawn");
    var workflow = task("");
    var second = start(workflow);
    var item = claim(asked(workflow, second));
    FLOWS.turn(second, "cancel").json(200);
    assertThat(HTTP.get("/api/v1/reviews/" + id(item)).json(200).get("status").asString())
        .isEqualTo("withdrawn");
    // Going on where it was, it asks again.
    FLOWS.turn(second, "retry").json(202);
    var again = claim(asked(workflow, second));
    assertThat(id(again)).isNotEqualTo(id(item));
    decide(again, "pass", "{\"ok\": true}").json(200);
    assertThat(FLOWS.ended(second).at("/output/ok").asBoolean()).isTrue();
    // Whatever ends the job, also beside the workflows' own routes.
    var third = start(workflow);
    asked(workflow, third);
    HTTP.post("/api/v1/jobs/" + third + "/cancel", "").json(200);
    asked(workflow, third, "withdrawn");
  }

  @Test
  void aVerdictDecidesWhatAValidationHasFound() {
    var workflow =
        FLOWS.create(
            """
            steps:
              - id: check
                type: VALIDATION
                config:
                  data: "${input}"
                  schema: {type: object, required: [n]}
                  onInvalid: REVIEW
                  review: {priority: 1, skills: [%s]}
            """
                .formatted(skill));
    var good = FLOWS.start(workflow, "{\"m\":1}");
    var item = claim(asked(workflow, good));
    assertThat(item.get("priority").asInt()).isEqualTo(1);
    assertThat(item.get("language").asString()).isEqualTo("en-US");
    assertThat(item.at("/payload/data/m").asInt()).isEqualTo(1);
    assertThat(item.at("/payload/errors/0/message").asString()).contains("n");
    decide(item, "pass", "{\"n\": 2}").json(200);
    var output = FLOWS.ended(good).get("output");
    assertThat(output.at("/review/labels/n").asInt()).isEqualTo(2);
    assertThat(output.get("valid").asBoolean()).isFalse();
    var bad = FLOWS.start(workflow, "{}");
    decide(claim(asked(workflow, bad)), "fail", "null").json(200);
    assertThat(FLOWS.ended(bad).at("/error/code").asString()).isEqualTo("REJECTED");
    var signalled = FLOWS.start(workflow, "{}");
    asked(workflow, signalled);
    assertThat(signal(signalled, "check", "{\"verdict\":\"approved\"}").status()).isEqualTo(204);
    assertThat(FLOWS.ended(signalled).at("/output/review/verdict").asString())
        .isEqualTo("approved");
    asked(workflow, signalled, "withdrawn");
  }

  /// In the execution's own job, and in jobs of their own.
  @Test
  void tasksInItemsAreAnsweredEachByItself() {
    var workflow =
        FLOWS.create(
            """
            steps:
              - id: each
                type: FOR_EACH
                config:
                  items: input.items
                  concurrency: 100
                  steps:
                    - id: approve
                      type: HUMAN_TASK
                      condition: "item < 3"
                      config: {title: "Item ${item}", form: {type: object}, review: {skills: [%s]}}
            """
                .formatted(skill));
    for (int items : List.of(2, 101)) {
      var numbers = new ArrayList<Integer>();
      for (int i = 1; i <= items; i++) {
        numbers.add(i);
      }
      var id = FLOWS.start(workflow, "{\"items\":" + numbers + "}");
      var open =
          Await.value(
              "both items ask",
              Duration.ofSeconds(30),
              () ->
                  Optional.of(
                          HTTP.get(
                                  "/api/v1/reviews?status=pending&group="
                                      + workflow.get("name").asString())
                              .json(200)
                              .get("items"))
                      .filter(found -> found.size() == 2));
      signal(id, "approve", "{}").problem(400, "BAD_EXECUTION_REQUEST");
      signal(id, "approve?item=7", "{}").problem(409, "EXECUTION_STATE");
      assertThat(signal(id, "approve?item=1", "{\"by\": \"signal\"}").status()).isEqualTo(204);
      for (var item : open) {
        if (item.at("/payload/items/0").asInt() == 0) {
          assertThat(item.get("title").asString()).isEqualTo("Item 1");
          decide(claim(item), "pass", "{\"by\": \"verdict\"}").json(200);
        }
      }
      var output = FLOWS.ended(id).get("output");
      assertThat(output.at("/0/by").asString()).isEqualTo("verdict");
      assertThat(output.at("/1/by").asString()).isEqualTo("signal");
    }
  }

  @Test
  void aTaskInALoopInALoopIsNamedByBothItems() {
    var workflow =
        FLOWS.create(
            """
            steps:
              - id: rows
                type: FOR_EACH
                config:
                  items: "['a', 'b']"
                  steps:
                    - id: cells
                      type: FOR_EACH
                      config:
                        items: "[1..2]"
                        steps:
                          - {id: ask, type: HUMAN_TASK, config: {title: t, form: {type: integer}, review: {skills: [%s]}}}
            """
                .formatted(skill));
    var id = FLOWS.start(workflow, "null");
    for (var item : List.of("0,1", "1,0", "0,0", "1,1")) {
      Await.until(
          "item " + item + " asks and is answered",
          Duration.ofSeconds(30),
          () ->
              signal(id, "ask?item=" + item, item.replace(",", "").replaceFirst("^0(.)", "$1"))
                      .status()
                  == 204);
    }
    assertThat(FLOWS.ended(id).get("output").toString()).isEqualTo("[[0,1],[10,11]]");
  }
}
