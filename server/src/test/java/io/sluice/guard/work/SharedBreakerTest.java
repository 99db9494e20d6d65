package io.sluice.guard.work;

import static io.sluice.guard.BreakerState.CLOSED;
import static io.sluice.guard.BreakerState.HALF_OPEN;
import static io.sluice.guard.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.Operations;
import io.sluice.engine.StepKey;
import io.sluice.engine.engine.Engine;
import io.sluice.guard.Admission;
import io.sluice.guard.BreakerConfig;
import io.sluice.guard.BreakerState;
import io.sluice.guard.BreakerView;
import io.sluice.guard.Call;
import io.sluice.guard.NotNow;
import io.sluice.guard.model.CallOutcome;
import io.sluice.guard.model.Ramp;
import io.sluice.guard.store.Key;
import io.sluice.guard.store.PermitStore;
import io.sluice.testing.Await;
import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import io.sluice.testing.StubService.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/// Nodes that share breakers through one database. The shared server is one node more, which calls
/// none of these services but ends waits like every node.
class SharedBreakerTest {
  /// PostgreSQL keeps microseconds, of two times that are rounded each for itself.
  private static final Duration ROUNDING = Duration.ofNanos(2_000);

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final StubService service = StubService.start();
  private final GuardNode one = new GuardNode();
  private final GuardNode two = new GuardNode();
  private final String name = "svc-" + UUID.randomUUID();

  @AfterEach
  void stop() {
    one.close();
    two.close();
    service.close();
  }

  private void fail(GuardNode node, int calls) throws InterruptedException {
    service.answering(500);
    for (int i = 0; i < calls; i++) {
      assertThat(node.call(name, service.url("/"))).isEqualTo("500");
    }
  }

  private void awaitState(BreakerState state) {
    Await.until("it is " + state, PATIENCE, () -> one.state(name) == state);
  }

  /// Makes a call as soon as it is let through.
  private String passed(GuardNode node) {
    return Await.value(
        "a call passes",
        PATIENCE,
        () ->
            java.util.Optional.of(node.call(name, service.url("/")))
                .filter(outcome -> !outcome.equals("CIRCUIT_OPEN")));
  }

  private void open() throws InterruptedException {
    one.configure(name, GuardNode.quick());
    fail(one, 4);
    assertThat(one.state(name)).isEqualTo(OPEN);
  }

  @Test
  void isMadeByTheFirstCall() throws InterruptedException {
    assertThatThrownBy(() -> one.view(name)).hasMessageContaining(name);
    assertThat(one.call(name, service.url("/"))).isEqualTo("200");
    var view = one.view(name);
    assertThat(view.state()).isEqualTo(CLOSED);
    assertThat(view.config()).isEqualTo(BreakerConfig.DEFAULT);
    assertThat(view.window()).isEqualTo(new BreakerView.WindowCounts(1, 0, 0, 0, 0));
  }

  @Test
  void theCountsOfAllNodesAreOneWindow() throws InterruptedException {
    one.configure(name, GuardNode.quick());
    for (int i = 0; i < 3; i++) {
      assertThat(one.call(name, service.url("/"))).isEqualTo("200");
      assertThat(two.call(name, service.url("/"))).isEqualTo("200");
    }
    fail(two, 1);
    two.board.flush();
    assertThat(one.view(name).window().calls()).isEqualTo(7);
    assertThat(one.view(name).window().failures()).isEqualTo(1);
  }

  @Test
  void twoNodesAgreeWithinASecond() throws InterruptedException {
    one.configure(name, GuardNode.lasting());
    fail(two, 2);
    two.board.turn();
    fail(one, 3);
    one.board.turn();
    assertThat(one.state(name)).isEqualTo(OPEN);
    assertThat(one.call(name, service.url("/"))).isEqualTo("CIRCUIT_OPEN");
    Await.until(
        "what the other node knows is a second old at most",
        Duration.ofSeconds(1),
        () -> two.outbound().admit(GuardNode.TENANT, name) instanceof Admission.Later);
    int before = service.asked().size();
    assertThat(two.call(name, service.url("/"))).isEqualTo("CIRCUIT_OPEN");
    assertThat(service.asked()).hasSize(before);
  }

  @Test
  void recoversByItself() throws InterruptedException {
    one.configure(name, GuardNode.quick());
    fail(one, 4);
    var open = one.view(name);
    assertThat(open.state()).isEqualTo(OPEN);
    assertThat(open.openUntil()).isAfter(open.openedAt());
    assertThat(open.reason()).contains("100 %");
    service.answering(200);
    // The shared server opens it half when its time has come.
    awaitState(HALF_OPEN);
    assertThat(one.view(name).permits()).isEqualTo(new BreakerView.Permits(2, 0, 0, 0));
    assertThat(passed(two)).isEqualTo("200");
    assertThat(passed(one)).isEqualTo("200");
    var closed = one.view(name);
    assertThat(closed.state()).isEqualTo(CLOSED);
    assertThat(closed.openUntil()).isNull();
    assertThat(closed.window().calls()).as("what was before does not count").isZero();
    assertThat(closed.history().stream().map(BreakerView.BreakerChange::code))
        .containsExactly(
            "circuit.closed", "circuit.half_open", "circuit.opened", "circuit.configured");
  }

  @Test
  void everyChangeIsAnnouncedOnce() throws InterruptedException {
    one.configure(name, GuardNode.lasting());
    fail(one, 4);
    one.breakers.reset(GuardNode.change(name));
    var events =
        SharedServer.context()
            .getBean(Operations.class)
            .events(
                new Operations.EventFilter(GuardNode.TENANT, null, "circuit_breaker", null, null),
                null,
                500)
            .stream()
            .filter(e -> e.payloadJson().contains(name))
            .map(Operations.EventView::code)
            .toList();
    assertThat(events).containsExactly("circuit.reset", "circuit.opened", "circuit.configured");
  }

  @Test
  void opensAgainForLongerWhenTrialsFail() throws InterruptedException {
    one.configure(name, GuardNode.quick(10, 2, null));
    fail(one, 4);
    awaitState(HALF_OPEN);
    assertThat(passed(two)).isEqualTo("500");
    var again = one.view(name);
    assertThat(again.state()).isEqualTo(OPEN);
    assertThat(again.openings()).isEqualTo(2);
    assertThat(Duration.between(again.openedAt(), again.openUntil()))
        .isGreaterThan(Duration.ofSeconds(9));
    one.breakers.reset(GuardNode.change(name));
    assertThat(one.view(name).openings()).isZero();
  }

  @Test
  void oneSickNodeAloneOpensItsOwnOnly() throws InterruptedException {
    one.configure(name, GuardNode.quick());
    for (int i = 0; i < 5; i++) {
      assertThat(two.call(name, service.url("/"))).isEqualTo("200");
    }
    two.board.turn();
    // What this node asks for fails, whatever the other says.
    service.answering(asked -> Reply.of(asked.path().equals("/sick") ? 500 : 200, ""));
    int tries = 0;
    while (!one.call(name, service.url("/sick")).equals("CIRCUIT_OPEN")) {
      assertThat(++tries).as("its own breaker protects it").isLessThan(10);
    }
    one.board.turn();
    two.board.turn();
    assertThat(one.state(name)).isEqualTo(CLOSED);
    assertThat(one.call(name, service.url("/"))).isEqualTo("CIRCUIT_OPEN");
    assertThat(two.call(name, service.url("/"))).isEqualTo("200");
    // It tries again by itself.
    service.answering(200);
    assertThat(passed(one)).isEqualTo("200");
    assertThat(passed(one)).isEqualTo("200");
  }

  @Test
  void survivesARestart() throws InterruptedException {
    one.configure(name, GuardNode.lasting());
    fail(one, 3);
    one.board.flush();
    try (var restarted = new GuardNode()) {
      fail(restarted, 1);
      restarted.board.turn();
      // Two nodes have called, and on both calls failed.
      assertThat(restarted.state(name)).isEqualTo(OPEN);
      assertThat(restarted.call(name, service.url("/"))).isEqualTo("CIRCUIT_OPEN");
    }
    try (var later = new GuardNode()) {
      assertThat(later.outbound().admit(GuardNode.TENANT, name))
          .isInstanceOf(Admission.Later.class);
    }
  }

  /// Whatever the threads and nodes: of a half-open breaker's calls never one more than permitted.
  @Test
  void neverOneTrialMoreThanPermitted() throws Exception {
    int permitted = 7;
    one.configure(name, GuardNode.quick(1, permitted, null));
    fail(one, 4);
    var release = new CountDownLatch(1);
    var arrived = new AtomicInteger();
    service.answering(_ -> {
      arrived.incrementAndGet();
      release.await();
      return Reply.of(200, "");
    });
    awaitState(HALF_OPEN);
    var outcomes = new ArrayList<Future<String>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var start = new CountDownLatch(1);
      for (int i = 0; i < 200; i++) {
        var node = i % 2 == 0 ? one : two;
        outcomes.add(
            threads.submit(() -> {
              start.await();
              return node.call(name, service.url("/"));
            }));
      }
      start.countDown();
      Await.until(
          "all but the permitted were told to wait",
          PATIENCE,
          () -> outcomes.stream().filter(Future::isDone).count() >= 200 - permitted);
      Await.until("the permitted have arrived", PATIENCE, () -> arrived.get() == permitted);
      assertThat(one.view(name).permits())
          .isEqualTo(new BreakerView.Permits(permitted, permitted, 0, 0));
      assertThat(one.call(name, service.url("/"))).isEqualTo("CIRCUIT_OPEN");
      release.countDown();
    }
    assertThat(arrived.get()).isEqualTo(permitted);
    assertThat(outcomes.stream().filter(f -> f.resultNow().equals("200")).count())
        .isEqualTo(permitted);
    assertThat(one.state(name)).isEqualTo(CLOSED);
  }

  @Test
  void aTrialThatIsInterruptedGivesItsPermitBack() throws Exception {
    one.configure(name, GuardNode.quick(1, 1, null));
    fail(one, 4);
    var arrived = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    service.answering(_ -> {
      arrived.countDown();
      never.await();
      return Reply.of(200, "");
    });
    awaitState(HALF_OPEN);
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                passed(one);
              } catch (AssertionError _) {
                // It was interrupted.
              }
            });
    arrived.await();
    assertThat(one.view(name).permits()).isEqualTo(new BreakerView.Permits(1, 1, 0, 0));
    thread.interrupt();
    thread.join();
    assertThat(one.view(name).permits()).isEqualTo(new BreakerView.Permits(1, 0, 0, 0));
    never.countDown();
    service.answering(200);
    assertThat(passed(two)).isEqualTo("200");
    assertThat(one.state(name)).isEqualTo(CLOSED);
  }

  @Test
  void afterItClosesCallsComeBackInWaves() throws InterruptedException {
    one.configure(name, GuardNode.lasting());
    fail(one, 4);
    service.answering(200);
    long closed = System.nanoTime();
    one.breakers.reset(GuardNode.change(name));
    int admitted = 0;
    var later = new ArrayList<Instant>();
    for (int i = 0; i < 60; i++) {
      switch (one.outbound().admit(GuardNode.TENANT, name)) {
        case Admission.Go _ -> admitted += one.call(name, service.url("/")).equals("200") ? 1 : 0;
        case Admission.Later wait -> later.add(wait.until());
      }
    }
    var since = Duration.ofNanos(System.nanoTime() - closed);
    assertThat(admitted)
        .isGreaterThanOrEqualTo(10)
        .isLessThanOrEqualTo((int) new Ramp(10).admittedBy(since));
    assertThat(later).isNotEmpty();
    Await.until(
        "the next wave is let in", PATIENCE, () -> one.call(name, service.url("/")).equals("200"));
  }

  @Test
  void jobsThatWaitBehindItAreCountedAndSpendNoAttempt() throws Exception {
    one.configure(name, GuardNode.quick());
    service.answering(_ -> Reply.of(503, "").with("Retry-After", "2"));
    assertThat(one.call(name, service.url("/"))).isEqualTo("503");
    service.answering(200);
    Kind<String, String> kind = Kind.of("guarded." + name, String.class, String.class);
    var pool = SharedServer.context().getBean(DataSource.class);
    try (var engine = Engine.on(pool).handle(kind, this::guarded).start()) {
      var jobs = new ArrayList<JobId>();
      for (int i = 0; i < 3; i++) {
        jobs.add(
            engine.jobs().enqueue(kind, i == 0 ? "looks" : "calls", EnqueueOptions.DEFAULT).job());
      }
      Await.until("three wait", PATIENCE, () -> two.view(name).parked() == 3);
      assertThat(engine.operations().explain(jobs.getFirst()).getFirst().text())
          .contains("circuit '" + name + "' is open");
      for (var job : jobs) {
        Await.until(
            "they go on when it has closed",
            PATIENCE,
            () -> engine.operations().job(job).orElseThrow().state() == JobState.DONE);
        assertThat(engine.operations().job(job).orElseThrow().attempt()).isZero();
      }
    }
  }

  private String guarded(String input, JobContext job) throws Exception {
    if (input.equals("looks")
        && one.outbound().admit(job.tenant(), name) instanceof Admission.Later wait) {
      throw job.park(wait.until(), wait.reason());
    }
    try {
      return job.step("call", String.class, () -> one.answer(name, service.url("/")).text());
    } catch (NotNow refusal) {
      throw job.park(refusal.until(), refusal.reason());
    }
  }

  @Test
  void aDeadNodesPermitIsGivenOutAgain() throws InterruptedException {
    one.configure(name, GuardNode.quick(1, 1, null));
    fail(one, 4);
    service.answering(200);
    awaitState(HALF_OPEN);
    var trial = new PermitStore.Trial(new Key(GuardNode.TENANT, name), one.view(name).generation());
    var dead = UUID.randomUUID();
    assertThat(one.permits.take(trial, dead, dead, Duration.ofSeconds(2))).isTrue();
    assertThat(two.call(name, service.url("/"))).isEqualTo("CIRCUIT_OPEN");
    assertThat(passed(two)).isEqualTo("200");
    assertThat(one.state(name)).isEqualTo(CLOSED);
    assertThat(one.permits.end(trial, dead, CallOutcome.FAILED)).as("it comes too late").isFalse();
  }

  @Test
  void withoutTheDatabaseCallsGoByWhatWasKnownLast() throws InterruptedException {
    var database = new CutDataSource();
    try (var node = new GuardNode(Map.of(), database)) {
      one.configure(name, GuardNode.quick());
      assertThat(node.call(name, service.url("/"))).isEqualTo("200");
      database.cut(true);
      assertThat(node.call(name, service.url("/"))).isEqualTo("200");
      assertThatThrownBy(node.board::turn).isInstanceOf(DataAccessException.class);
      fail(node, 2);
      assertThat(node.call(name, service.url("/"))).as("its own breaker").isEqualTo("CIRCUIT_OPEN");
      database.cut(false);
      node.board.turn();
      assertThat(one.view(name).window().calls()).as("nothing counted was lost").isEqualTo(4);
    }
    try (var fresh = new GuardNode(Map.of(), database)) {
      database.cut(true);
      service.answering(200);
      assertThat(fresh.call("other-" + name, service.url("/"))).isEqualTo("200");
    }
  }

  @Test
  void whoWaitsIsCalledBackInWaves() throws InterruptedException {
    one.configure(name, GuardNode.lasting());
    fail(one, 4);
    var until = one.view(name).openUntil();
    var times = new ArrayList<Instant>();
    for (int i = 0; i < 35; i++) {
      times.add(((Admission.Later) one.outbound().admit(GuardNode.TENANT, name)).until());
    }
    assertThat(times.getFirst()).isEqualTo(until);
    assertThat(times.getLast()).isEqualTo(until.plusSeconds(2));
    assertThat(times).isSorted();
  }

  @Test
  void aServiceThatAsksForAPauseGetsIt() throws InterruptedException {
    one.configure(name, GuardNode.quick());
    service.answering(_ -> Reply.of(429, "").with("Retry-After", "40"));
    assertThat(one.call(name, service.url("/"))).isEqualTo("429");
    var view = one.view(name);
    assertThat(view.state()).isEqualTo(OPEN);
    assertThat(view.window().failures()).isZero();
    assertThat(Duration.between(view.openedAt(), view.openUntil()))
        .isCloseTo(Duration.ofSeconds(40), ROUNDING);
    assertThatThrownBy(() -> one.answer(name, service.url("/")))
        .isInstanceOfSatisfying(
            NotNow.CircuitOpen.class,
            refusal -> {
              assertThat(refusal.until()).isEqualTo(view.openUntil());
              assertThat(refusal.retryAfter()).hasValueSatisfying(d -> assertThat(d).isPositive());
            });
  }

  @Test
  void aTrialThatIsToldToWaitWaits() throws InterruptedException {
    open();
    service.answering(_ -> Reply.of(503, "").with("Retry-After", "40"));
    assertThat(passed(one)).isEqualTo("503");
    var view = one.view(name);
    assertThat(view.state()).isEqualTo(OPEN);
    assertThat(Duration.between(view.openedAt(), view.openUntil()))
        .isCloseTo(Duration.ofSeconds(40), ROUNDING);
    assertThat(view.openings()).as("a wish is no failure").isEqualTo(1);
  }

  @Test
  void aBreakerThatIsSwitchedOffOnlyCounts() throws InterruptedException {
    var quick = GuardNode.quick();
    one.configure(
        name,
        new BreakerConfig(
            false,
            50,
            100,
            quick.slowCallDuration(),
            quick.windowSize(),
            4,
            quick.waitDurationInOpen(),
            1,
            quick.maxWaitDurationInOpen(),
            2,
            true,
            10,
            null));
    fail(one, 12);
    assertThat(one.state(name)).isEqualTo(CLOSED);
    assertThat(one.view(name).window().failures()).isEqualTo(12);
  }

  @Test
  void ofManyThatWantAMoveOneMakesIt() throws Exception {
    one.configure(name, GuardNode.lasting());
    fail(one, 3);
    one.board.flush();
    service.answering(500);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<String>>();
      for (int i = 0; i < 60; i++) {
        var node = i % 2 == 0 ? one : two;
        calls.add(threads.submit(() -> node.call(name, service.url("/"))));
      }
      for (var call : calls) {
        assertThat(call.get()).isIn("500", "CIRCUIT_OPEN");
      }
    }
    one.board.turn();
    two.board.turn();
    var opened =
        one.view(name).history().stream().filter(c -> c.code().equals("circuit.opened")).count();
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void aStepsCallCarriesItsKey() throws Exception {
    var key = StepKey.of(new JobId(UUID.randomUUID()), "", "fetch");
    key.around(() -> one.answer(name, service.url("/")));
    assertThat(service.asked().getLast().header("Idempotency-Key")).isEqualTo(key.value());
    key.around(() ->
        one.outbound()
            .send(
                Call.get(GuardNode.TENANT, name, service.url("/"))
                    .with("idempotency-key", "mine")));
    assertThat(service.asked().getLast().header("Idempotency-Key")).isEqualTo("mine");
    one.answer(name, service.url("/"));
    assertThat(service.asked().getLast().header("Idempotency-Key")).isNull();
  }

  @Test
  void aCallThatCanNotBeMadeIsNotCounted() {
    for (var url : List.of("ftp://x/", "http://10.0.0.1/")) {
      assertThatThrownBy(() -> one.answer(name, url))
          .isInstanceOf(io.sluice.guard.CallFailure.Lasting.class);
    }
    assertThat(one.breakers.list(GuardNode.TENANT, filter(), 10))
        .allSatisfy(view -> assertThat(view.window().calls()).isZero());
  }

  private io.sluice.guard.Breakers.Filter filter() {
    return new io.sluice.guard.Breakers.Filter(null, name, null);
  }

  @Test
  void removedItIsMadeAnewByTheNextCall() throws InterruptedException {
    one.configure(name, GuardNode.lasting());
    fail(one, 4);
    one.breakers.delete(GuardNode.change(name));
    assertThatThrownBy(() -> one.view(name)).hasMessageContaining(name);
    service.answering(200);
    assertThat(one.call(name, service.url("/"))).isEqualTo("200");
    assertThat(one.view(name).config()).isEqualTo(BreakerConfig.DEFAULT);
    assertThat(passed(two)).isEqualTo("200");
  }
}
