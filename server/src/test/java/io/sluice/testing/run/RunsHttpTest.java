package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Runs of HTTP cases: counters, attempts, traces, cancelling, errors.
class RunsHttpTest {
  private static final TestDesk DESK = new TestDesk(SharedServer.calls());

  private final StubService shop = StubService.start();

  @AfterEach
  void stop() {
    shop.close();
  }

  private String get(String path) {
    return """
    name: %s
    type: http
    steps:
      - {name: look, url: "%s"}
    """
        .formatted(TestDesk.name("Look"), shop.url(path));
  }

  @Test
  void stepsExtractAssertAndCountOnEachOther() {
    shop.answering(asked ->
        asked.path().startsWith("/login")
            ? json("{\"token\": \"t-17\", \"user\": {\"name\": \"Ada\"}}")
            : json(
                "{\"items\": [{\"id\": 1}, {\"id\": 2}], \"auth\": \""
                    + asked.header("authorization")
                    + "\"}"));
    var testCase =
        DESK.testCase(
            """
            name: %s
            type: http
            parameters:
              - {who: ada, count: 2}
              - {who: bob, count: 3}
            steps:
              - name: log in
                method: POST
                url: "%s"
                body: {json: {user: "${row.who}"}}
                extract: {token: body.token}
                expect: {status: 200, jsonPath: {"$.user.name": Ada}}
              - name: list
                url: "%s"
                headers: {Authorization: "Bearer ${vars.token}"}
                expect:
                  headers: {content-type: json}
                  jsonPath: {"$.auth": "Bearer t-17"}
                  assertions: ["$count(body.items) = row.count"]
                  schema: {type: object, required: [items]}
                  maxTime: PT10S
            """
                .formatted(TestDesk.name("Shop"), shop.url("/login"), shop.url("/list")));
    var run = DESK.run(List.of(testCase), Map.of());
    assertThat(DESK.schedule(run).get("scheduledCount").asInt()).isEqualTo(2);
    var ended = DESK.ended(run);
    assertThat(ended.get("totalTests").asInt()).isEqualTo(1);
    assertThat(ended.get("counters").get("passed").asInt()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.get("counters").get("failed").asInt()).isEqualTo(1);
    var executions = DESK.executions(run);
    assertThat(executions.get(0).get("row").asInt()).isEqualTo(1);
    assertThat(executions.get(1).get("status").asString()).isEqualTo("completed");
    assertThat(executions.get(1).get("result").get("error").asString()).contains("$count");
    assertThat(executions.get(1).get("result").has("error_detail")).isTrue();
    var trace =
        DESK.get("/test-executions/" + executions.get(1).get("executionId").asString())
            .get("trace");
    assertThat(trace.valueStream().map(s -> s.get("status").asString()))
        .containsExactly("passed", "failed");
  }

  private static StubService.Reply json(String body) {
    return StubService.Reply.of(200, body).with("Content-Type", "application/json");
  }

  @Test
  void aPassBehindAFailedAttemptIsFlakyAndEveryAttemptIsKept() {
    var asked = new AtomicInteger();
    shop.answering(
        _ -> StubService.Reply.of(asked.incrementAndGet() < 3 ? 500 : 200, "round " + asked.get()));
    var testCase = DESK.testCase(get("/flaky") + "retries: {attempts: 3}\n");
    var run = DESK.run(List.of(testCase), Map.of());
    DESK.schedule(run);
    var ended = DESK.ended(run);
    assertThat(ended.get("counters").get("flaky").asInt()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.get("counters").get("passed").asInt()).isZero();
    var execution = DESK.executions(run).getFirst();
    assertThat(execution.get("attempts").asInt()).isEqualTo(3);
    var whole = DESK.get("/test-executions/" + execution.get("executionId").asString());
    assertThat(whole.get("attempts").valueStream().map(a -> a.get("outcome").asString()))
        .containsExactly("failed", "failed", "passed");
    assertThat(whole.get("trace").valueStream().map(s -> s.get("attempt").asInt()))
        .containsExactly(1, 2, 3);
  }

  @Test
  void shortTracesLieInTheRowAndLongOnesInTheirTableAndReadAlike() {
    var run = DESK.run(List.of(stepsCase(49), stepsCase(50)), Map.of());
    DESK.schedule(run);
    DESK.ended(run);
    for (var execution : DESK.executions(run)) {
      var id = execution.get("executionId").asString();
      int steps = execution.get("steps").asInt();
      assertThat(DESK.get("/test-executions/" + id).get("trace")).hasSize(steps);
      var stored =
          DESK.http()
              .rows(
                  "select (select count(*) from sluice.test_step s where s.execution_id = e.execution_id), e.trace is null"
                      + " from sluice.test_execution e where e.execution_id = '"
                      + id
                      + "'")
              .getFirst();
      assertThat(stored).isEqualTo(steps < 50 ? List.of("0", "false") : List.of("50", "true"));
    }
  }

  private String stepsCase(int steps) {
    var yaml = new StringBuilder("name: " + TestDesk.name("Many") + "\ntype: http\nsteps:\n");
    for (int i = 0; i < steps; i++) {
      yaml.append("  - {name: \"look ").append(i).append("\", url: \"");
      yaml.append(shop.url("/many/" + i)).append("\"}\n");
    }
    return DESK.testCase(yaml.toString());
  }

  @Test
  void cancellingReachesTheRunnerAndLeavesRowsAndJobsAlike() throws Exception {
    var reached = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    shop.answering(_ -> {
      reached.countDown();
      gate.await();
      return StubService.Reply.of(200, "late");
    });
    var run = DESK.run(List.of(DESK.testCase(get("/slow"))), Map.of());
    var scheduled = DESK.schedule(run);
    reached.await();
    long began = System.nanoTime();
    var cancelled = DESK.post("/test-runs/" + run + "/cancel", Map.of()).json(200);
    assertThat(cancelled.get("status").asString()).isEqualTo("cancelled");
    var job = scheduled.get("taskIds").get(0).asString();
    Await.until(
        "the job is cancelled",
        Duration.ofSeconds(10),
        () -> DESK.get("/jobs/" + job).get("state").asString().equals("cancelled"));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    gate.countDown();
    var execution = DESK.executions(run).getFirst();
    assertThat(execution.get("status").asString()).isEqualTo("cancelled");
    assertThat(execution.has("outcome")).isFalse();
    assertThat(DESK.show(run).get("counters").get("cancelled").asInt()).isEqualTo(1);
    assertThat(DESK.show(run).get("revision").asInt()).isEqualTo(1);
    DESK.post("/test-runs/" + run + "/cancel", Map.of()).json(200);
    assertThat(DESK.show(run).get("revision").asInt()).isEqualTo(1);
  }

  @Test
  void onlyWhatFailedIsRunAgain() {
    var broken = ConcurrentHashMap.newKeySet();
    broken.add("/b");
    shop.answering(
        asked -> StubService.Reply.of(broken.contains(asked.path()) ? 500 : 200, "here"));
    var run = DESK.run(List.of(DESK.testCase(get("/a")), DESK.testCase(get("/b"))), Map.of());
    DESK.schedule(run);
    assertThat(DESK.ended(run).get("outcome").asString()).isEqualTo("failed");
    broken.clear();
    var rerun = DESK.post("/test-runs/" + run + "/rerun-failed", Map.of()).json(202);
    assertThat(rerun.get("scheduledCount").asInt()).isEqualTo(1);
    var second = rerun.get("run").get("testRunId").asString();
    var ended = DESK.ended(second);
    assertThat(ended.get("rerunOf").asString()).isEqualTo(run);
    assertThat(ended.get("outcome").asString()).isEqualTo("passed");
    assertThat(
            DESK.get("/test-runs/compare?a=" + run + "&b=" + second)
                .get("summary")
                .get("fixed")
                .asInt())
        .isEqualTo(1);
    DESK.http()
        .post("/api/v1/test-runs/" + second + "/rerun-failed", "{}")
        .problem(409, "TEST_RUN_STATE");
  }

  @Test
  void whatIsToFollowIsEnqueuedOnceWhenAllIsOver() {
    var after = DESK.run(List.of(DESK.testCase(get("/after"))), Map.of());
    var run =
        DESK.run(
            List.of(DESK.testCase(get("/first"))),
            Map.of("completion", Map.of("kind", "test.run", "input", Map.of("testRunId", after))));
    DESK.schedule(run);
    var ended = DESK.when(run, r -> r.has("completionJobId"));
    assertThat(ended.get("status").asString()).isEqualTo("completed");
    DESK.get("/jobs/" + ended.get("completionJobId").asString());
    DESK.post(
            "/test-runs",
            Map.of(
                "testCaseIds", List.of(DESK.testCase(get("/x"))),
                "completion", Map.of("kind", "no.such", "input", Map.of())))
        .problem(400, "BAD_TEST_RUN");
  }

  @Test
  void languagesThatACaseLacksAreSkipped() {
    var testCase =
        DESK.testCase(
            """
            name: %s
            type: voice
            languages:
              en-US: {utterance: "hello", expect: {intent: greet}}
            """
                .formatted(TestDesk.name("Hello")));
    var run = DESK.run(List.of(testCase), Map.of("languages", List.of("fr-FR")));
    assertThat(DESK.schedule(run).get("scheduledCount").asInt()).isZero();
    var ended = DESK.ended(run);
    assertThat(ended.get("counters").get("skipped").asInt()).isEqualTo(1);
    assertThat(ended.get("outcome").asString()).isEqualTo("passed");
  }

  @Test
  void theErrorsOfTheSeedHaveCodes() {
    var unknown = UUID.randomUUID().toString();
    var testCase = DESK.testCase(get("/x"));
    DESK.http().get("/api/v1/test-runs/" + unknown).problem(404, "UNKNOWN_TEST_RUN");
    DESK.http().get("/api/v1/test-runs/none").problem(400, "BAD_PARAMETER");
    DESK.http().get("/api/v1/test-executions/" + unknown).problem(404, "UNKNOWN_EXECUTION");
    DESK.http().get("/api/v1/validations/" + unknown).problem(404, "UNKNOWN_VALIDATION");
    DESK.post("/test-runs", Map.of()).problem(400, "BAD_TEST_RUN");
    DESK.post("/test-runs", Map.of("testCaseIds", List.of(unknown)))
        .problem(404, "UNKNOWN_TEST_CASE");
    DESK.post("/test-runs", Map.of("suiteId", unknown)).problem(404, "UNKNOWN_TEST_SUITE");
    DESK.post("/test-runs", Map.of("testCaseIds", List.of("x"))).problem(400, "BAD_BODY");
    DESK.post("/executions/batch", Map.of("testCaseIds", List.of(testCase)))
        .problem(400, "MISSING_TEST_RUN_ID");
    DESK.post(
            "/executions/batch",
            Map.of("testCaseIds", List.of(testCase), "config", Map.of("testRunId", unknown)))
        .problem(404, "UNKNOWN_TEST_RUN");
    var started = DESK.post("/executions/case", Map.of("testCaseId", testCase)).json(202);
    var run = started.get("run").get("testRunId").asString();
    DESK.ended(run);
    DESK.http().post("/api/v1/test-runs/" + run + "/schedule", "{}").problem(409, "TEST_RUN_STATE");
    var execution = DESK.executions(run).getFirst().get("executionId").asString();
    DESK.post("/executions/" + execution + "/validate", Map.of())
        .problem(409, "NO_EXPECTED_OUTCOME");
  }

  @Test
  void aServiceThatIsNotThereIsAnErrorWithItsDetail() {
    var testCase =
        DESK.testCase(
            """
            name: %s
            type: http
            steps: [{name: look, url: "http://127.0.0.1:9/"}]
            """
                .formatted(TestDesk.name("Away")));
    var run = DESK.run(List.of(testCase), Map.of());
    DESK.schedule(run);
    var ended = DESK.ended(run);
    assertThat(ended.get("counters").get("error").asInt()).isEqualTo(1);
    var execution = DESK.executions(run).getFirst();
    assertThat(execution.get("status").asString()).isEqualTo("failed");
    assertThat(execution.get("outcome").asString()).isEqualTo("error");
    assertThat(execution.get("errorCode").asString()).isEqualTo("CONNECT_FAILED");
    assertThat(execution.get("result").get("error").asString()).isNotBlank();
    assertThat(execution.get("result").has("error_detail")).isTrue();
  }

  @Test
  void whatTakesTooLongTimesOut() {
    var gate = new CountDownLatch(1);
    shop.answering(_ -> {
      gate.await();
      return StubService.Reply.of(200, "late");
    });
    var run = DESK.run(List.of(DESK.testCase(get("/slow") + "timeout: PT1S\n")), Map.of());
    DESK.schedule(run);
    DESK.ended(run);
    gate.countDown();
    var execution = DESK.executions(run).getFirst();
    assertThat(execution.get("status").asString()).as(execution.toString()).isEqualTo("timed_out");
    assertThat(execution.get("outcome").asString()).isEqualTo("error");
  }

  @Test
  void aHundredExecutionsRunAtOnceAndAreCountedOnce() throws Exception {
    var together = new CountDownLatch(110);
    shop.answering(_ -> {
      together.countDown();
      together.await();
      return StubService.Reply.of(200, "all here");
    });
    var rows = new StringBuilder();
    for (int i = 0; i < 110; i++) {
      rows.append("  - {n: %d}\n".formatted(i));
    }
    var testCase =
        DESK.testCase(get("/crowd?n=${row.n}") + "parameters:\n" + rows + "timeout: PT60S\n");
    var run = DESK.run(List.of(testCase), Map.of());
    DESK.schedule(run);
    var ended = DESK.ended(run);
    assertThat(ended.get("counters").get("passed").asInt()).as(ended.toString()).isEqualTo(110);
    assertThat(ended.get("counters").get("total").asInt()).isEqualTo(110);
    assertThat(shop.asked()).hasSize(110);
    assertThat(Set.copyOf(shop.asked().stream().map(StubService.Asked::path).toList()))
        .hasSize(110);
    var history = DESK.get("/test-cases/" + testCase + "/history?limit=5");
    assertThat(history.get("passRate").asDouble()).isEqualTo(1.0);
    assertThat(history.get("executions").asInt()).isEqualTo(110);
  }
}
