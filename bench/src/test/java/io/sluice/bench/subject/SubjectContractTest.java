package io.sluice.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.postgres.BenchDatabase;
import io.sluice.bench.postgres.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every subject owes the workloads. The Node peers are left out: they need packages from
/// elsewhere.
class SubjectContractTest {
  private static final int JOBS = 2_500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static BenchDatabase server;
  private static int databases;

  @BeforeAll
  static void startServer() throws Exception {
    server = BenchDatabase.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private interface Opener extends Function<Database, Subject> {}

  static Stream<Opener> subjects() {
    var clock = InstantSource.system();
    return Stream.of(
        db -> new FloorSubject(db, Floor.PLAIN),
        db -> new FloorSubject(db, Floor.DELETING),
        db -> new FloorSubject(db, Floor.BATCHED),
        db -> new DbSchedulerSubject(db, DbSchedulerSubject.WakeUp.HINT, clock),
        db -> new DbSchedulerSubject(db, DbSchedulerSubject.WakeUp.POLL, clock));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void handlesEveryJobOnceAndFinishesIt(Opener opener) throws Exception {
    try (var subject = opener.apply(server.newDatabase("contract_" + databases++))) {
      subject.prepare();
      for (int round = 0; round < 2; round++) {
        subject.enqueueAll(JOBS);
        assertThat(subject.unfinished()).isEqualTo(JOBS);
        var handled = subject.expect(Mode.DRAIN, JOBS);
        var start = System.nanoTime();
        subject.startWorker(Mode.DRAIN);
        var first = handled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).firstNanos();
        assertThat(first).isBetween(start, System.nanoTime());
        awaitDrained(subject);
        subject.stopWorker();
        assertThat(subject.unfinished()).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void saysWhenAJobWasPickedUp(Opener opener) throws Exception {
    try (var subject = opener.apply(server.newDatabase("contract_" + databases++))) {
      subject.prepare();
      subject.startWorker(Mode.PICKUP);
      var handled = subject.expect(Mode.PICKUP, 2);
      var first = subject.enqueueOne(0);
      var second = subject.enqueueOne(1);
      var started = handled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).startedNanos();
      subject.stopWorker();
      assertThat(started.get(0)).isGreaterThan(first.calledNanos());
      assertThat(started.get(1)).isGreaterThan(second.calledNanos());
      assertThat(subject.unfinished()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void finishesFunctionsAndKeepsHistoryWhereItCan(Opener opener) throws Exception {
    try (var subject = opener.apply(server.newDatabase("contract_" + databases++))) {
      subject.prepare();
      if (subject instanceof WithHistory keeper) {
        keeper.fillHistory(1_000);
        assertThat(subject.unfinished()).isZero();
      }
      if (subject instanceof WithSteps runner) {
        subject.startWorker(Mode.STEPS);
        runner.runFunctions(250);
        subject.stopWorker();
        try (var connection = subject.database().connect();
            var statement = connection.createStatement();
            var rows = statement.executeQuery("select count(*) from wf_step")) {
          rows.next();
          assertThat(rows.getInt(1)).isEqualTo(250 * WithSteps.STEPS);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void carriesOutTestsAndLosesNoClaimWhereItCan(Opener opener) throws Exception {
    try (var subject = opener.apply(server.newDatabase("contract_" + databases++))) {
      subject.prepare();
      if (subject instanceof WithTests tester) {
        tester.prepareTests(20);
        tester.runTests(20);
        try (var probe = new Probe(subject.database())) {
          assertThat(probe.number("select count(*) from tests")).isEqualTo(20);
        }
      }
      if (subject instanceof WithClaims queue) {
        queue.askReviews(200);
        queue.claimReviews(10, 200);
      }
    }
  }

  private static void awaitDrained(Subject subject) throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!subject.isDrained()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
