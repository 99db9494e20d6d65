package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.postgres.Login;
import io.sluice.engine.testing.Scratch;
import io.sluice.engine.testing.TestDatabase;
import io.sluice.platform.MigratedDatabase;
import io.sluice.testing.Await;
import io.sluice.testing.Calls;
import io.sluice.testing.ChildServer;
import io.sluice.testing.StubService;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// A real server in a process of its own, killed with `kill -9` in the middle of every stage of a
/// run: while it is scheduled, executed, validated, completed, and decided upon by a person. Where
/// a stage is one transaction, a table that it writes to is locked, so that the kill hits it
/// between its first statement and its commit. Nothing is lost, nothing is counted twice.
@Tag("crash")
class KilledRunTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int CASES = 30;
  private static final int VALIDATED_BEFORE = 9;

  private final TestDatabase database = MigratedDatabase.create();
  private final Path data = Scratch.fresh("killed-run");
  private final StubService assistant = StubService.start();

  @AfterEach
  void close() {
    assistant.close();
    database.close();
  }

  @Test
  void everyStageSurvivesAKill() throws Exception {
    var after = new AtomicReference<String>();
    var run = new AtomicReference<String>();
    killedWhileItIsScheduled(run, after);
    killedInTheMiddleOfCalls(run.get());
    killedWhileValidationsAreStored();
    killedWhileItCompletes(run.get());
    var review = killedWhileAPersonDecides(run.get());
    try (var child = launch()) {
      var desk = new TestDesk(child.calls());
      assertUndecided(desk, run.get());
      decide(desk, review);
      assertThat(desk.show(run.get()).get("revision").asInt()).isEqualTo(2);
      assertThat(desk.show(run.get()).at("/counters/passed").asInt()).isEqualTo(CASES / 2 + 1);
      assertThat(
              count(
                  desk.http(),
                  "select count(*) from sluice_engine.job where kind = 'test.run'"
                      + " and input::text like '%"
                      + after.get()
                      + "%'"))
          .isEqualTo(1);
    }
  }

  private void killedWhileItIsScheduled(AtomicReference<String> run, AtomicReference<String> after)
      throws Exception {
    try (var child = launch();
        var barrier = new Barrier("sluice.test_execution")) {
      var desk = new TestDesk(child.calls());
      var cases = cases(desk, CASES);
      after.set(desk.run(List.of(cases.getFirst()), environment(assistant)));
      run.set(created(desk, cases, after.get()));
      barrier.put();
      var scheduling = later(() -> desk.schedule(run.get()));
      barrier.awaitSomebody();
      child.kill();
      barrier.close();
      assertThat(scheduling).failsWithin(PATIENCE);
    }
  }

  private void killedInTheMiddleOfCalls(String run) throws Exception {
    var reached = new CountDownLatch(1);
    var held = new CountDownLatch(1);
    assistant.answering(asked -> {
      reached.countDown();
      held.await();
      return reply(asked);
    });
    try (var child = launch()) {
      var desk = new TestDesk(child.calls());
      assertThat(desk.show(run).get("status").asString()).isEqualTo("pending");
      assertThat(desk.executions(run)).isEmpty();
      assertThat(
              count(desk.http(), "select count(*) from sluice_engine.job where kind like 'test.%'"))
          .isZero();
      assertThat(desk.schedule(run).get("scheduledCount").asInt()).isEqualTo(CASES);
      reached.await();
      child.kill();
    } finally {
      held.countDown();
    }
  }

  /// Some are stored before; then the rest of the calls are answered, and what is to be stored of
  /// them waits.
  private void killedWhileValidationsAreStored() throws Exception {
    var answers = new Semaphore(VALIDATED_BEFORE);
    assistant.answering(asked -> {
      answers.acquire();
      return reply(asked);
    });
    try (var child = launch();
        var barrier = new Barrier("sluice.validation")) {
      var http = child.calls();
      Await.until(
          VALIDATED_BEFORE + " validations",
          PATIENCE,
          () -> count(http, "select count(*) from sluice.validation") == VALIDATED_BEFORE);
      barrier.put();
      answers.release(CASES);
      barrier.awaitSomebody();
      child.kill();
    } finally {
      assistant.answering(KilledRunTest::reply);
      answers.release(CASES);
    }
  }

  private void killedWhileItCompletes(String run) throws Exception {
    try (var barrier = new Barrier("sluice.run_revision")) {
      barrier.put();
      try (var child = launch()) {
        var desk = new TestDesk(child.calls());
        barrier.awaitSomebody();
        assertThat(desk.show(run).get("status").asString()).isEqualTo("running");
        child.kill();
      }
    }
  }

  /// @return the review that was to be decided
  private String killedWhileAPersonDecides(String run) throws Exception {
    try (var child = launch();
        var barrier = new Barrier("sluice.run_revision")) {
      var desk = new TestDesk(child.calls());
      assertThat(desk.ended(run).get("status").asString()).isEqualTo("completed");
      assertWhole(desk, run);
      var review =
          desk.http()
              .rows("select min(review_id::text) from sluice.review_item where status = 'pending'")
              .getFirst()
              .getFirst();
      desk.post("/reviews/" + review + "/claim", Map.of("reviewerId", desk.reviewer("en")))
          .json(200);
      barrier.put();
      var deciding = later(() -> decide(desk, review));
      barrier.awaitSomebody();
      child.kill();
      barrier.close();
      assertThat(deciding).failsWithin(PATIENCE);
      return review;
    }
  }

  /// By whom it is claimed.
  private static void decide(TestDesk desk, String review) {
    var reviewer = desk.get("/reviews/" + review).get("claimedBy").asString();
    desk.post("/reviews/" + review + "/decide", Map.of("reviewerId", reviewer, "verdict", "pass"))
        .json(200);
  }

  private static void assertUndecided(TestDesk desk, String run) {
    assertThat(desk.show(run).get("revision").asInt()).isEqualTo(1);
    assertThat(desk.show(run).at("/counters/reviewPending").asInt()).isEqualTo(CASES / 2);
    assertThat(count(desk.http(), "select count(*) from sluice.review_decision")).isZero();
  }

  private static CompletableFuture<?> later(Runnable call) {
    return CompletableFuture.runAsync(call);
  }

  /// Whoever writes to a table waits there, in the middle of its transaction.
  private final class Barrier implements AutoCloseable {
    private final String table;
    private final Connection holder;

    Barrier(String table) throws SQLException {
      this.table = table;
      this.holder = database.connectAsOwner();
    }

    void put() throws SQLException {
      holder.setAutoCommit(false);
      try (var statement = holder.createStatement()) {
        statement.execute("lock table " + table + " in exclusive mode");
      }
    }

    void awaitSomebody() {
      Await.until("somebody waits to write to " + table, PATIENCE, () -> waiting() > 0);
    }

    private int waiting() {
      try (var statement = holder.createStatement();
          var found =
              statement.executeQuery(
                  "select count(*) from pg_locks where not granted and relation = '"
                      + table
                      + "'::regclass")) {
        found.next();
        return found.getInt(1);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    /// What waited goes on, to find that nobody is there to commit it.
    @Override
    public void close() throws SQLException {
      holder.close();
    }
  }

  private ChildServer launch() {
    return ChildServer.launch(
        data,
        "--sluice.lease=1s",
        "--sluice.egress-allow=127.0.0.0/8",
        "--sluice.providers.embeddings=mock",
        "--sluice.database-url=" + url(database.app()),
        "--sluice.database-owner-url=" + url(database.owner()));
  }

  private String url(Login login) {
    var settings = database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?");
    return settings + "user=" + login.user() + "&password=" + login.password();
  }

  private static Map<String, Object> environment(StubService assistant) {
    return Map.of(
        "environment", Map.of("assistant", Map.of("type", "text", "url", assistant.url("/text"))));
  }

  private String created(TestDesk desk, List<String> cases, String after) {
    var body = new LinkedHashMap<String, Object>(environment(assistant));
    body.put("completion", Map.of("kind", "test.run", "input", Map.of("testRunId", after)));
    return desk.run(cases, body);
  }

  private static List<String> cases(TestDesk desk, int many) {
    var out = new ArrayList<String>();
    for (int i = 0; i < many; i++) {
      out.add(
          desk.testCase(
              """
              name: %s
              type: voice
              languages:
                en-US: {utterance: "turn on light %d", expect: {intent: lights.on, entities: {light: %d}, reply: "Light %d is on."}}
              """
                  .formatted(TestDesk.name("Light"), i, i, i)));
    }
    return out;
  }

  /// Right for even lights, wrong for odd ones.
  private static StubService.Reply reply(StubService.Asked asked) {
    var text = JSON.readTree(asked.body()).path("text").asString();
    int light = Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
    boolean right = light % 2 == 0;
    return StubService.Reply.of(
            200,
            JSON.writeValueAsString(
                Map.of(
                    "intent",
                    right ? "lights.on" : "lights.off",
                    "entities",
                    Map.of("light", light),
                    "reply",
                    "Light " + light + (right ? " is on." : " is off."))))
        .with("Content-Type", "application/json");
  }

  private static int count(Calls http, String query) {
    return Integer.parseInt(http.rows(query).getFirst().getFirst());
  }

  private static void assertWhole(TestDesk desk, String run) {
    var http = desk.http();
    var counters = desk.show(run).get("counters");
    assertThat(counters.get("total").asInt()).isEqualTo(CASES);
    assertThat(counters.get("open").asInt()).isZero();
    assertThat(counters.get("passed").asInt()).as(counters.toString()).isEqualTo(CASES / 2);
    assertThat(counters.get("reviewPending").asInt()).isEqualTo(CASES / 2);
    assertThat(desk.show(run).get("revision").asInt()).isEqualTo(1);
    // Each execution: one validation, one question if it did not pass, each move and step once.
    var of = " where run_id = '" + run + "'";
    assertThat(count(http, "select count(*) from sluice.validation" + of)).isEqualTo(CASES);
    assertThat(count(http, "select count(distinct execution_id) from sluice.validation" + of))
        .isEqualTo(CASES);
    assertThat(
            count(
                http,
                "select count(*) from sluice.review_item i join sluice.validation v on v.validation_id = i.subject_id"
                    + " where v.run_id = '"
                    + run
                    + "'"))
        .isEqualTo(CASES / 2);
    assertThat(
            http.rows(
                "select t.execution_id from sluice.test_transition t join sluice.test_execution e using (execution_id)"
                    + " where e.run_id = '"
                    + run
                    + "' group by 1 having count(*) <> 3 or count(distinct move) <> 3"))
        .isEmpty();
    assertThat(
            http.rows(
                "select execution_id from sluice.test_execution"
                    + of
                    + " and (jsonb_array_length(trace) <> 1 or attempts <> 1)"))
        .isEmpty();
  }
}
