package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.SharedServer;
import io.sluice.testing.Sse;
import io.sluice.testing.StubService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// "Workflow Execution" of the checklist, and what can be done to an execution.
class ExecutionHttpTest {
  private static final Calls HTTP = SharedServer.calls();
  private static final Flows FLOWS = new Flows(HTTP);
  private static final String SIMPLE =
      """
      inputSchema: {type: object, required: [id], properties: {id: {type: string}}}
      steps:
        - {id: greet, type: DATA_TRANSFORM, config: {expression: "'hello ' & input.id"}}
        - {id: loud, type: DATA_TRANSFORM, dependsOn: [greet], config: {expression: "$uppercase(steps.greet.output)"}}
      """;
  private static final String WAITING =
      """
      steps:
        - {id: before, type: DATA_TRANSFORM, config: {expression: "input.n + 1"}}
        - {id: gate, type: WAIT, dependsOn: [before], config: {signal: go}}
        - {id: after, type: DATA_TRANSFORM, dependsOn: [gate], config: {expression: "steps.before.output * 10"}}
      """;

  private StubService service;

  @BeforeEach
  void open() {
    service = StubService.start();
  }

  @AfterEach
  void close() {
    service.close();
  }

  private String calling(String more) {
    return """
    steps:
      - {id: first, type: DATA_TRANSFORM, config: {expression: "input.n"}}
      - id: call
        type: HTTP_REQUEST
        dependsOn: [first]
        config: {service: "%s", method: POST, url: "%s"}
      - {id: last, type: DATA_TRANSFORM, dependsOn: [call], config: {expression: "steps.first.output + 1"}}
    """
            .formatted(UUID.randomUUID(), service.url("/call"))
        + more;
  }

  // ---- the checklist

  @Test
  void executeASimpleWorkflow() {
    var workflow = FLOWS.create(SIMPLE);
    var path = "/api/v1/workflows/" + workflow.get("id").asString() + "/execute";
    var done = HTTP.post(path + "?wait=PT20S", "{\"input\":{\"id\":\"ann\"}}").json(200);
    assertThat(done.get("status").asString()).isEqualTo("completed");
    assertThat(done.get("output").asString()).isEqualTo("HELLO ANN");
    assertThat(done.get("version").asInt()).isEqualTo(1);
    var problem = HTTP.post(path, "{\"input\":{\"id\":7}}").problem(400, "INVALID_INPUT");
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/input/id");
    HTTP.post(path, "{\"inputs\":[{\"id\":\"a\"}],\"nonsense\":1}").problem(400, "BAD_BODY");
  }

  @Test
  void checkExecutionStatus() {
    var id = FLOWS.start(FLOWS.create(WAITING), "{\"n\":4}");
    var waiting = FLOWS.await(id, "waits", e -> e.get("status").asString().equals("waiting"));
    assertThat(waiting.get("held").asBoolean()).isFalse();
    var progress = HTTP.get("/api/v1/executions/" + id + "/progress").json(200);
    assertThat(progress.get("total").asInt()).isEqualTo(3);
    assertThat(progress.get("over").asInt()).isEqualTo(1);
    assertThat(HTTP.post("/api/v1/executions/" + id + "/signals/go", "{\"by\":\"test\"}").status())
        .isEqualTo(204);
    var done = FLOWS.ended(id);
    assertThat(done.get("status").asString()).isEqualTo("completed");
    assertThat(done.get("output").asInt()).isEqualTo(50);
    assertThat(FLOWS.step(id, "gate").at("/output/by").asString()).isEqualTo("test");
  }

  @Test
  void getExecutionDetails() {
    var workflow = FLOWS.create(SIMPLE);
    var id = FLOWS.start(workflow, "{\"id\":\"bob\"}");
    var details = FLOWS.ended(id);
    assertThat(details.get("type").asString()).isEqualTo("workflow");
    assertThat(details.get("workflowId")).isEqualTo(workflow.get("id"));
    assertThat(details.at("/input/id").asString()).isEqualTo("bob");
    assertThat(details.get("trigger").asString()).isEqualTo("manual");
    assertThat(details.get("finishedAt").asString()).isGreaterThan("2020");
    var transitions = HTTP.get("/api/v1/executions/" + id + "/transitions").json(200).get("items");
    assertThat(transitions.valueStream().map(t -> t.path("to").asString("")).toList())
        .contains("queued", "working", "done");
    HTTP.get("/api/v1/executions/" + UUID.randomUUID()).problem(404, "UNKNOWN_EXECUTION");
  }

  @Test
  void verifyStepOutputs() {
    var id = FLOWS.start(FLOWS.create(SIMPLE), "{\"id\":\"eve\"}");
    FLOWS.ended(id);
    var steps = FLOWS.steps(id);
    assertThat(steps.valueStream().map(s -> s.get("stepId").asString()).toList())
        .containsExactly("greet", "loud");
    assertThat(steps.valueStream().map(s -> s.get("state").asString())).containsOnly("completed");
    var loud = FLOWS.step(id, "loud");
    assertThat(loud.get("output").asString()).isEqualTo("HELLO EVE");
    assertThat(loud.get("attempts").asInt()).isEqualTo(1);
    assertThat(loud.get("startedAt").asString()).isNotBlank();
    assertThat(loud.get("finishedAt").asString()).isNotBlank();
    HTTP.get("/api/v1/executions/" + id + "/steps/nothing").problem(404, "UNKNOWN_STEP");
    var variables = HTTP.get("/api/v1/executions/" + id + "/variables").json(200);
    assertThat(variables.at("/steps/greet/output").asString()).isEqualTo("hello eve");
  }

  @Test
  void verifyMetricsAreCollected() {
    var workflow = FLOWS.create(calling(""));
    var n = new AtomicInteger();
    service.answering(_ -> StubService.Reply.of(n.incrementAndGet() == 3 ? 400 : 200, "{}"));
    for (int i = 0; i < 4; i++) {
      FLOWS.ended(FLOWS.start(workflow, "{\"n\":" + i + "}"));
    }
    var path = "/api/v1/workflows/" + workflow.get("id").asString() + "/metrics";
    var metrics = HTTP.get(path + "?period=PT1H&buckets=4").json(200);
    assertThat(metrics.at("/counts/completed").asInt()).isEqualTo(3);
    assertThat(metrics.at("/counts/failed").asInt()).isEqualTo(1);
    assertThat(metrics.get("successRate").asDouble()).isEqualTo(0.75);
    assertThat(metrics.at("/durations/p50Millis").asDouble()).isPositive();
    assertThat(metrics.at("/durations/p99Millis").asDouble())
        .isGreaterThanOrEqualTo(metrics.at("/durations/p50Millis").asDouble());
    assertThat(metrics.get("buckets").size()).isEqualTo(4);
    assertThat(metrics.at("/buckets/3/counts/completed").asInt()).isEqualTo(3);
    assertThat(metrics.get("steps").valueStream().map(s -> s.get("step").asString()).toList())
        .containsExactly("first", "call", "last");
    assertThat(metrics.at("/causes/0/count").asInt()).isEqualTo(1);
    assertThat(HTTP.get("/api/v1/executions/metrics?period=PT1H").json(200).get("counts").size())
        .isPositive();
    assertThat(HTTP.get("/api/v1/executions/queue").json(200).get("items").size()).isEqualTo(2);
    HTTP.get(path + "?period=soon").problem(400, "BAD_PARAMETER");
    assertThat(HTTP.metric("sluice_job_run_seconds_count")).isPositive();
  }

  // ---- starting

  @Test
  void aDryRunCallsNobody() {
    var workflow = FLOWS.create(calling(""));
    var path = "/api/v1/workflows/" + workflow.get("id").asString() + "/execute";
    var dry =
        HTTP.post(
                path,
                "{\"input\":{\"n\":1},\"dryRun\":true,\"results\":{\"call\":{\"output\":{\"status\":200}}}}")
            .json(200);
    assertThat(dry.get("status").asString()).as(dry.toString()).isEqualTo("completed");
    assertThat(dry.get("output").asInt()).isEqualTo(2);
    var failed =
        HTTP.post(
                path,
                "{\"input\":{\"n\":1},\"dryRun\":true,\"results\":{\"call\":{\"error\":{\"code\":\"BOOM\"}}}}")
            .json(200);
    assertThat(failed.at("/error/code").asString()).isEqualTo("BOOM");
    HTTP.post(path, "{\"dryRun\":true,\"results\":{\"call\":7}}")
        .problem(400, "BAD_EXECUTION_REQUEST");
    assertThat(service.asked()).isEmpty();
    assertThat(list("workflowId=" + workflow.get("id").asString())).isEmpty();
  }

  @Test
  void startsOnceForAKey() {
    var workflow = FLOWS.create(SIMPLE);
    var path = "/api/v1/workflows/" + workflow.get("id").asString() + "/execute";
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    var body = "{\"input\":{\"id\":\"once\"}}";
    var first = HTTP.post(path, body, key).json(202).get("executionId");
    var again = HTTP.post(path + "?wait=PT20S", body, key).json(200);
    assertThat(again.get("executionId")).isEqualTo(first);
    assertThat(again.get("status").asString()).isEqualTo("completed");
    HTTP.post(path, "{\"input\":{\"id\":\"other\"}}", key).problem(422, "IDEMPOTENCY_KEY_REUSED");
    assertThat(list("workflowId=" + workflow.get("id").asString())).hasSize(1);
  }

  @Test
  void startsManyAtOnceLaterAndLabelled() {
    var workflow = FLOWS.create(SIMPLE);
    var id = workflow.get("id").asString();
    var many =
        HTTP.post(
                "/api/v1/workflows/" + id + "/execute",
                "{\"inputs\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}],\"labels\":{\"batch\":\"seven\"}}")
            .json(202)
            .get("executionIds");
    assertThat(many.size()).isEqualTo(3);
    many.forEach(one -> FLOWS.ended(one.asString()));
    var late =
        HTTP.post(
                "/api/v1/workflows/" + id + "/execute",
                "{\"input\":{\"id\":\"x\"},\"runAt\":\"2099-01-01T00:00:00Z\"}")
            .json(202);
    assertThat(late.get("status").asString()).isEqualTo("pending");
    var of = "workflowId=" + id;
    assertThat(list(of + "&label=batch=seven")).hasSize(3);
    assertThat(list(of + "&status=pending")).containsExactly(late.get("executionId").asString());
    assertThat(list(of + "&status=completed,pending")).hasSize(4);
    assertThat(list(of + "&status=failed")).isEmpty();
    assertThat(list(of + "&trigger=schedule")).isEmpty();
    assertThat(list(of + "&createdFrom=2099-01-01T00:00:00Z")).isEmpty();
    var page = HTTP.get("/api/v1/executions?limit=3&" + of).json(200);
    assertThat(page.get("items").size()).isEqualTo(3);
    assertThat(list(of + "&limit=3&cursor=" + page.get("nextCursor").asString())).hasSize(1);
    HTTP.get("/api/v1/executions?status=done").problem(400, "BAD_STATE");
    HTTP.get("/api/v1/executions?type=dragon").problem(400, "BAD_PARAMETER");
    FLOWS.turn(late.get("executionId").asString(), "cancel").json(200);
  }

  private static List<String> list(String query) {
    return HTTP.get("/api/v1/executions?" + query)
        .json(200)
        .get("items")
        .valueStream()
        .map(e -> e.get("executionId").asString())
        .toList();
  }

  @Test
  void documentsAreExecutionsToo() {
    var document = HTTP.ingested("execution-" + UUID.randomUUID() + ".txt", "It is a document.");
    var id = document.get("id").asString();
    assertThat(list("type=document&status=completed")).contains(id);
    var one = HTTP.get("/api/v1/executions/" + id).json(200);
    assertThat(one.get("type").asString()).isEqualTo("document");
    assertThat(one.get("status").asString()).isEqualTo("completed");
    assertThat(list("type=workflow&limit=200")).doesNotContain(id);
  }

  // ---- turning

  @Test
  void cancels() {
    var id = FLOWS.start(FLOWS.create(WAITING), "{\"n\":1}");
    FLOWS.awaitStep(id, "gate", "waiting");
    assertThat(FLOWS.turn(id, "cancel").json(200).get("status").asString()).isEqualTo("cancelled");
    FLOWS.turn(id, "cancel").problem(409, "EXECUTION_STATE");
    assertThat(announced(id)).containsExactly("execution.cancelled");
    assertThat(FLOWS.step(id, "after").get("state").asString()).isEqualTo("not_reached");
  }

  /// The codes of the events about an execution itself.
  private static List<String> announced(String id) {
    return HTTP.get("/api/v1/events?type=execution&limit=200")
        .json(200)
        .get("items")
        .valueStream()
        .filter(e -> e.path("subjectId").asString().equals(id))
        .map(e -> e.get("code").asString())
        .toList();
  }

  @Test
  void howItEndsIsAnnounced() {
    var good = FLOWS.run(SIMPLE, "{\"id\":\"ann\"}").get("executionId").asString();
    assertThat(announced(good)).containsExactly("execution.completed");
    var bad =
        FLOWS
            .run(
                "steps: [{id: no, type: DATA_TRANSFORM, config: {expression: \"$error('no')\"}}]",
                "{}")
            .get("executionId")
            .asString();
    assertThat(announced(bad)).containsExactly("execution.failed");
  }

  @Test
  void aPausedExecutionBeginsNoStepUntilItIsResumed() {
    var id = FLOWS.start(FLOWS.create(WAITING), "{\"n\":1}");
    FLOWS.awaitStep(id, "gate", "waiting");
    assertThat(FLOWS.turn(id, "pause").json(200).get("held").asBoolean()).isTrue();
    HTTP.post("/api/v1/executions/" + id + "/signals/go", "null");
    FLOWS.awaitStep(id, "gate", "completed");
    var held = FLOWS.await(id, "rests", e -> e.get("status").asString().equals("waiting"));
    assertThat(held.get("waitReason").asString()).contains("held by");
    assertThat(list("held=true&limit=200")).contains(id);
    assertThat(FLOWS.turn(id, "resume").json(200).get("held").asBoolean()).isFalse();
    assertThat(FLOWS.ended(id).get("output").asInt()).isEqualTo(20);
  }

  @Test
  void pausingHoldsWhatTheExecutionWaitsForAndResumingReleasesIt() {
    var child = FLOWS.create(WAITING);
    var parent =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - {id: sub, type: SUB_WORKFLOW, config: {workflow: "%s", input: {n: 1}}}
                """
                    .formatted(child.get("name").asString())),
            "null");
    var id =
        Await.value(
            "the child begins",
            Duration.ofSeconds(30),
            () -> list("parentId=" + parent).stream().findFirst());
    FLOWS.awaitStep(id, "gate", "waiting");
    FLOWS.turn(parent, "pause").json(200);
    HTTP.post("/api/v1/executions/" + id + "/signals/go", "null");
    FLOWS.awaitStep(id, "gate", "completed");
    var held = FLOWS.await(id, "rests", e -> e.get("status").asString().equals("waiting"));
    assertThat(held.get("waitReason").asString()).contains("held by");
    assertThat(FLOWS.step(id, "after").get("state").asString()).isEqualTo("ready");
    FLOWS.turn(parent, "resume").json(200);
    assertThat(FLOWS.ended(id).get("output").asInt()).isEqualTo(20);
    assertThat(FLOWS.ended(parent).get("output").asInt()).isEqualTo(20);
  }

  @Test
  void retriesFromTheFailedStep() {
    service.answering(400);
    var id = FLOWS.start(FLOWS.create(calling("")), "{\"n\":1}");
    var failed = FLOWS.ended(id);
    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.at("/error/step").asString()).isEqualTo("call");
    assertThat(FLOWS.step(id, "last").get("state").asString()).isEqualTo("not_reached");
    var first = FLOWS.step(id, "first").get("finishedAt");
    service.answering(200);
    FLOWS.turn(id, "retry").json(202);
    assertThat(FLOWS.ended(id).get("output").asInt()).isEqualTo(2);
    assertThat(FLOWS.step(id, "first").get("finishedAt")).isEqualTo(first);
    FLOWS.turn(id, "retry").problem(409, "EXECUTION_STATE");
  }

  /// In the execution's own job, and in jobs of their own.
  @Test
  void retriesOnlyThoseItemsThatHadNotEndedWell() {
    for (int items : List.of(6, 101)) {
      var bad = new java.util.concurrent.atomic.AtomicBoolean(true);
      var paths = new java.util.concurrent.ConcurrentLinkedQueue<String>();
      service.answering(asked -> {
        paths.add(asked.path());
        boolean no = bad.get() && List.of("/3", "/5").contains(asked.path());
        return StubService.Reply.of(no ? 400 : 200, "{}");
      });
      var id =
          FLOWS.start(
              FLOWS.create(
                  """
                  steps:
                    - id: each
                      type: FOR_EACH
                      config:
                        items: "[1..%d]"
                        concurrency: 20
                        toleratedFailures: 1
                        steps:
                          - {id: call, type: HTTP_REQUEST, config: {service: "%s", method: GET, url: "%s${item}"}, output: "${item}"}
                  """
                      .formatted(items, UUID.randomUUID(), service.url("/"))),
              "null");
      assertThat(FLOWS.ended(id).get("status").asString()).isEqualTo("failed");
      var good =
          HTTP.get("/api/v1/executions/" + id + "/steps/each/items?limit=200")
              .json(200)
              .get("items")
              .valueStream()
              .filter(item -> item.get("status").asString().equals("completed"))
              .map(item -> "/" + (item.get("index").asInt() + 1))
              .toList();
      assertThat(good).isNotEmpty().doesNotContain("/3", "/5");
      bad.set(false);
      // The job's own route does the same.
      var route = items == 6 ? "/api/v1/executions/" : "/api/v1/jobs/";
      HTTP.post(route + id + "/retry", "").json(202);
      var done = FLOWS.ended(id);
      assertThat(done.get("status").asString()).as(done.toString()).isEqualTo("completed");
      assertThat(done.get("output")).hasSize(items);
      assertThat(done.at("/output/2").asInt()).isEqualTo(3);
      assertThat(done.at("/output/4").asInt()).isEqualTo(5);
      good.forEach(path -> assertThat(paths.stream().filter(path::equals)).as(path).hasSize(1));
      assertThat(paths.stream().filter("/5"::equals)).hasSize(2);
    }
  }

  @Test
  void retriesTheExecutionThatTheFailedStepHadWaitedFor() {
    service.answering(400);
    var child = FLOWS.create(calling(""));
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - {id: sub, type: SUB_WORKFLOW, config: {workflow: "%s", input: {n: 1}}}
                """
                    .formatted(child.get("name").asString())),
            "null");
    assertThat(FLOWS.ended(id).get("status").asString()).isEqualTo("failed");
    service.answering(200);
    FLOWS.turn(id, "retry").json(202);
    assertThat(FLOWS.ended(id).get("output").asInt()).isEqualTo(2);
    assertThat(list("parentId=" + id)).hasSize(1);
    assertThat(service.asked()).hasSize(2);
  }

  @Test
  void aWaitThatTimedOutWaitsAnewWhenItIsRetried() {
    var id =
        FLOWS.start(
            FLOWS.create(
                """
                steps:
                  - {id: gate, type: WAIT, timeout: PT5S, config: {signal: go, timeout: PT0.5S}}
                """),
            "null");
    assertThat(FLOWS.ended(id).at("/error/code").asString()).isEqualTo("TIMEOUT");
    FLOWS.turn(id, "retry").json(202);
    FLOWS.awaitStep(id, "gate", "waiting");
    HTTP.post("/api/v1/executions/" + id + "/signals/go", "7");
    assertThat(FLOWS.ended(id).get("output").asInt()).isEqualTo(7);
  }

  @Test
  void doesNotRetryWhatWasUndone() {
    service.answering(400);
    var undone =
        calling("")
            .replace(
                "config: {expression: \"input.n\"}}",
                "config: {expression: \"input.n\"}, compensate: [{id: undo, type: DATA_TRANSFORM, config: {expression: \"1\"}}]}");
    var id = FLOWS.start(FLOWS.create(undone), "{\"n\":1}");
    assertThat(FLOWS.ended(id).get("status").asString()).isEqualTo("failed");
    assertThat(FLOWS.step(id, "undo").get("state").asString()).isEqualTo("completed");
    FLOWS.turn(id, "retry").problem(409, "EXECUTION_COMPENSATED");
  }

  @Test
  void forksFromAnyStepWithAnotherInput() {
    var workflow = FLOWS.create(calling(""));
    var id = FLOWS.start(workflow, "{\"n\":1}");
    FLOWS.ended(id);
    assertThat(service.asked()).hasSize(1);
    var forked =
        HTTP.post(
                "/api/v1/executions/" + id + "/fork",
                "{\"fromStep\":\"last\",\"outputs\":{\"first\":41}}")
            .json(202);
    // What depends on the step whose output was given runs again.
    assertThat(forked.get("carriedOver").isEmpty()).isTrue();
    var fork = FLOWS.ended(forked.at("/execution/executionId").asString());
    assertThat(fork.get("output").asInt()).isEqualTo(42);
    assertThat(fork.get("forkedFrom").asString()).isEqualTo(id);
    var plain =
        HTTP.post("/api/v1/executions/" + id + "/fork", "{\"fromStep\":\"last\"}").json(202);
    assertThat(plain.get("carriedOver").valueStream().map(JsonNode::asString).toList())
        .containsExactlyInAnyOrder("first", "call");
    int calls = service.asked().size();
    var plainId = plain.at("/execution/executionId").asString();
    assertThat(FLOWS.ended(plainId).get("output").asInt()).isEqualTo(2);
    assertThat(service.asked()).hasSize(calls);
    var compared =
        HTTP.get("/api/v1/executions/" + fork.get("executionId").asString() + "/comparison")
            .json(200);
    assertThat(compared.at("/original/executionId").asString()).isEqualTo(id);
    assertThat(
            compared.get("differences").valueStream().map(d -> d.get("stepId").asString()).toList())
        .contains("first", "last");
    HTTP.post("/api/v1/executions/" + id + "/fork", "{\"fromStep\":\"nothing\"}")
        .problem(404, "UNKNOWN_STEP");
  }

  @Test
  void forksOnANewerVersionAndSaysWhatDiffers() {
    var definition = calling("");
    var workflow = FLOWS.create(definition);
    var id = FLOWS.start(workflow, "{\"n\":5}");
    FLOWS.ended(id);
    FLOWS
        .reply(
            "PUT",
            "/api/v1/workflows/" + workflow.get("id").asString(),
            "name: "
                + workflow.get("name").asString()
                + "\n"
                + definition.replace("\"input.n\"", "\"input.n * 100\""))
        .json(200);
    var fork =
        HTTP.post("/api/v1/executions/" + id + "/fork", "{\"fromStep\":\"last\",\"version\":2}")
            .json(202);
    assertThat(fork.get("differing").valueStream().map(JsonNode::asString).toList())
        .containsExactly("first");
    var ended = FLOWS.ended(fork.at("/execution/executionId").asString());
    assertThat(ended.get("version").asInt()).isEqualTo(2);
    assertThat(ended.get("output").asInt()).isEqualTo(501);
  }

  @Test
  void doesManyAtOnceAfterTheyWereCounted() {
    var workflow = FLOWS.create(WAITING);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      ids.add(FLOWS.start(workflow, "{\"n\":1}"));
    }
    ids.forEach(id -> FLOWS.awaitStep(id, "gate", "waiting"));
    var filter = "\"filter\":{\"workflowId\":\"" + workflow.get("id").asString() + "\"}";
    var counted =
        HTTP.post(
                "/api/v1/executions/bulk", "{\"action\":\"cancel\",\"dryRun\":true," + filter + "}")
            .json(200);
    assertThat(counted.get("matched").asInt()).isEqualTo(5);
    var later = FLOWS.start(workflow, "{\"n\":1}");
    HTTP.post("/api/v1/executions/bulk", "{\"action\":\"cancel\"," + filter + "}")
        .problem(400, "BULK_NOT_CONFIRMED");
    var confirm = ",\"confirm\":\"" + counted.get("confirm").asString() + "\"}";
    HTTP.post("/api/v1/executions/bulk", "{\"action\":\"cancel\"" + confirm)
        .problem(400, "BULK_NOT_CONFIRMED");
    var bulk =
        HTTP.post("/api/v1/executions/bulk", "{\"action\":\"cancel\"," + filter + confirm)
            .json(202);
    var path = "/api/v1/executions/bulk/" + bulk.get("bulkId").asString();
    Await.until(
        "all are cancelled",
        Duration.ofSeconds(30),
        () -> HTTP.get(path).json(200).get("status").asString().equals("completed"));
    assertThat(HTTP.get(path).json(200).get("changed").asInt()).isEqualTo(5);
    ids.forEach(id -> assertThat(FLOWS.get(id).get("status").asString()).isEqualTo("cancelled"));
    // It came after the count.
    assertThat(FLOWS.get(later).get("status").asString()).isNotEqualTo("cancelled");
    FLOWS.turn(later, "cancel").json(200);
  }

  // ---- watching

  @Test
  void followsOneExecutionLiveAndResumes() throws Exception {
    var id = FLOWS.start(FLOWS.create(WAITING), "{\"n\":1}");
    String last;
    try (var stream = Sse.open(HTTP, "/api/v1/executions/" + id + "/events", null)) {
      var waiting = stream.next(m -> isStep(m, "gate", "waiting"));
      last = waiting.id();
      HTTP.post("/api/v1/executions/" + id + "/signals/go", "1");
      stream.next(m -> isStep(m, "gate", "completed"));
      stream.next(m -> isStep(m, "after", "completed"));
      var end =
          stream.next(m ->
              m.name().equals("execution")
                  && m.json().get("status").asString().equals("completed"));
      assertThat(end.id()).isNotBlank();
      Await.until("the stream ends", Duration.ofSeconds(5), () -> stream.ended().isPresent());
    }
    try (var again = Sse.open(HTTP, "/api/v1/executions/" + id + "/events", last)) {
      again.next(m -> isStep(m, "after", "completed"));
    }
    HTTP.get("/api/v1/executions/" + UUID.randomUUID() + "/events")
        .problem(404, "UNKNOWN_EXECUTION");
  }

  private static boolean isStep(Sse.Message message, String step, String state) {
    return message.name().equals("step")
        && message.json().get("stepId").asString().equals(step)
        && message.json().get("state").asString().equals(state);
  }
}
