package io.sluice.bench.subject;

import io.sluice.bench.postgres.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tests, carried out by the whole server in this process and asked for over HTTP.
public final class TestSubject extends ServerSubject
    implements WithTests, WithWatcher, WithValidations, WithClaims {
  private static final int CONCURRENCY = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration GAP = Duration.ofMillis(20);
  private final InstantSource clock;
  private final Target target;
  private final Map<String, String> cases = new HashMap<>();
  private final TestValidations validations;
  private final TestReviews reviews;
  private @Nullable String prepared;
  private @Nullable Api api;

  public TestSubject(Database database, InstantSource clock) {
    super(database);
    this.clock = clock;
    try {
      this.target = new Target();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    this.validations = new TestValidations(this::server, probe());
    this.reviews = new TestReviews(this::server, this::api, probe());
  }

  @Override
  public String name() {
    return "tests";
  }

  @Override
  public Map<Question, String> settings() {
    var run = "concurrency=%d, pool=20".formatted(CONCURRENCY);
    return Map.of(
        Question.TESTS,
        run + ", one run, ten checked requests to a server in this process",
        Question.WATCH,
        run + ", one client at the stream of the run",
        Question.VALIDATE,
        "jobs of their own, 8 at once, all-MiniLM-L6-v2 in this process",
        Question.CLAIM,
        "each claim a request, one language");
  }

  @Override
  public void prepare() throws Exception {
    startWorker(Mode.STEPS);
    stopWorker();
  }

  @Override
  List<String> options() {
    return List.of("--sluice.test-concurrency=" + CONCURRENCY, "--sluice.egress-allow=127.0.0.0/8");
  }

  @Override
  public void startWorker(Mode mode) {
    super.startWorker(mode);
    var port = server().getEnvironment().getProperty("local.server.port", "");
    api = new Api(Integer.parseInt(port));
  }

  private Api api() {
    if (api == null) {
      throw new IllegalStateException("no worker");
    }
    return api;
  }

  @Override
  public void prepareTests(int executions) throws Exception {
    prepared = makeRun(caseOf("shop", executions, TestCases.shop(target, executions)));
  }

  @Override
  public void runTests(int executions) throws Exception {
    if (prepared == null) {
      throw new IllegalStateException("not prepared");
    }
    finished(start(prepared), executions);
  }

  @Override
  public List<Seen> watch(int running, int ends) throws Exception {
    int executions = running + ends;
    target.shut();
    var run = start(makeRun(caseOf("gate", executions, TestCases.gate(target, executions))));
    until("as many run as are wanted", () -> target.held() == running);
    try (var watch = new Watch(api().follow("test-runs/" + run + "/events"), 2 * ends, clock)) {
      watch.awaitBegun(PATIENCE);
      var start = System.nanoTime();
      for (int i = 0; i < ends; i++) {
        for (long now; (now = System.nanoTime()) < start + i * GAP.toNanos(); ) {
          LockSupport.parkNanos(start + i * GAP.toNanos() - now);
        }
        target.let(1);
      }
      return watch.heard(PATIENCE);
    } finally {
      target.let(executions);
      finished(run, executions);
    }
  }

  @Override
  public void prepareValidations(int wanted) throws Exception {
    if (validations.prepared() < wanted) {
      var run = makeRun(caseOf("voice", wanted, TestCases.voice(wanted)));
      validations.of(finished(start(run), wanted).get("testRunId").asString());
    }
  }

  @Override
  public void validate(int wanted) throws Exception {
    validations.validate(wanted);
    until("all validations are stored", this::isDrained);
    validations.check(wanted);
  }

  @Override
  public void askReviews(int items) throws Exception {
    reviews.ask(items);
  }

  @Override
  public void claimReviews(int reviewers, int items) throws Exception {
    reviews.claim(reviewers, items);
  }

  private String caseOf(String what, int executions, String yaml) throws Exception {
    var key = what + executions;
    if (!cases.containsKey(key)) {
      var id = api().postYaml("test-cases", yaml).get("asset").get("id").asString();
      cases.put(key, id);
    }
    return cases.get(key);
  }

  private String makeRun(String testCase) throws Exception {
    var assistant = Map.of("type", "text", "url", target.url("/assistant"));
    var body =
        Map.of("testCaseIds", List.of(testCase), "environment", Map.of("assistant", assistant));
    return api().post("test-runs", body).get("testRunId").asString();
  }

  private String start(String run) throws Exception {
    api().post("test-runs/" + run + "/schedule", Map.of());
    return run;
  }

  /// Waits until a run has ended with all its executions passed.
  private JsonNode finished(String run, int executions) throws Exception {
    until(
        "run " + run + " is over",
        () -> !api().get("test-runs/" + run).get("status").asString().equals("running"));
    var ended = api().get("test-runs/" + run);
    if (ended.get("counters").get("passed").asInt() != executions) {
      throw new IllegalStateException("not all have passed: " + ended);
    }
    return ended;
  }

  /// What is waited for.
  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(String what, Condition condition) throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not within " + PATIENCE + ": " + what);
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  @Override
  public void stopWorker() {
    if (api != null) {
      api.close();
      api = null;
    }
    super.stopWorker();
  }

  @Override
  public void close() throws SQLException {
    super.close();
    target.close();
  }
}
