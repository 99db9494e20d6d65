package io.sluice.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.StepKey;
import io.sluice.engine.testing.EngineDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Workers that run, are killed and are stopped, in processes of their own.
@Tag("crash")
@Timeout(600)
class WorkerCrashTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static final int KILLS = Integer.getInteger("sluice.crash.kills", 5);
  private static final String NOWHERE = "http://127.0.0.1:1/";

  @BeforeAll
  static void makeTables() throws SQLException {
    db.execute(CrashKinds.TABLES);
  }

  private static void awaitEnd(Kind<?, ?> kind, int jobs) throws SQLException {
    for (int patience = 0; patience < 2; patience++) {
      try {
        db.awaitTrue(
            "(select count(*) = %d from sluice_engine.job where kind = '%s' and finished_at is not null)"
                .formatted(jobs, kind.name()));
        return;
      } catch (AssertionError _) {
        // The machine is busy.
      }
    }
    throw new AssertionError(
        "not ended: "
            + db.texts(
                "select state || coalesce(hold::text, '') || ' ' || count(*) from sluice_engine.job where kind = '%s' group by state, hold"
                    .formatted(kind.name())));
  }

  private static long count(Kind<?, ?> kind, JobState state) throws SQLException {
    return db.number(
        "select count(*) from sluice_engine.job where kind = '%s' and state = '%s'"
            .formatted(kind.name(), state.sql()));
  }

  @Test
  void twoWorkerProcessesLoseNoneOfTwentyThousandJobsAndRepeatNoRecordedStep() throws Exception {
    int jobs = 20_000;
    var client = db.client();
    client
        .jobs()
        .enqueueAll(CrashKinds.AUDITED, Collections.nCopies(jobs, "x"), EnqueueOptions.DEFAULT);
    try (var _ = WorkerProcess.on(db.database(), NOWHERE);
        var _ = WorkerProcess.on(db.database(), NOWHERE)) {
      awaitEnd(CrashKinds.AUDITED, jobs);
    }
    assertThat(count(CrashKinds.AUDITED, JobState.DONE)).isEqualTo(jobs);
    assertThat(db.number("select count(distinct pid) from audit")).isEqualTo(2);
    assertThat(repeats("crash.audited")).as("runs of a step after it was recorded").isEmpty();
    // Nobody crashed: each job was claimed once, each step ran once, the second after the first.
    assertThat(
            db.number(
                "select count(*) from sluice_engine.job where kind = 'crash.audited' and fence <> 2"))
        .isZero();
    assertThat(db.number("select count(*) from audit")).isEqualTo(2L * jobs);
    assertThat(
            db.number(
                "select count(*) from audit a join audit b on b.job = a.job and a.step = 'one' and b.step = 'two'"
                    + " where b.started < a.started or a.pid <> b.pid"))
        .isZero();
    assertThat(
            db.number(
                "select count(*) from sluice_engine.checkpoint where fence <> 1 and job_id in (select job from audit)"))
        .isZero();
  }

  /// Runs of a step that began after its record was written.
  private static List<String> repeats(String kind) throws SQLException {
    return db.texts(
        """
        select a.job || ' ' || a.step from audit a
        join sluice_engine.checkpoint c on c.job_id = a.job and c.name = a.step
        join sluice_engine.job j on j.id = a.job
        where j.kind = '%s' and a.started > c.recorded_at
        """
            .formatted(kind));
  }

  @Test
  void killedWorkersRepeatNoRecordedStepAndBookExactlyOnce() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    int batch = 100;
    int all = batch * KILLS;
    var client = db.client();
    try (var server = new CallCounter(call -> "answered " + call.key());
        var one = WorkerProcess.on(db.database(), server.url());
        var other = WorkerProcess.on(db.database(), server.url())) {
      one.awaitReady();
      other.awaitReady();
      var called = new ArrayList<JobId>();
      for (int kill = 0; kill < KILLS; kill++) {
        var inputs = Collections.nCopies(batch, "x");
        server.forgetArrivals();
        client.jobs().enqueueAll(CrashKinds.BOOKING, inputs, EnqueueOptions.DEFAULT);
        called.addAll(client.jobs().enqueueAll(CrashKinds.CALLING, inputs, EnqueueOptions.DEFAULT));
        server.awaitCalls(1 + random.nextInt(batch / 2));
        (kill % 2 == 0 ? one : other).killAndReplace();
        // One crash a batch: whoever has been in three counts as poison.
        awaitEnd(CrashKinds.BOOKING, batch * (kill + 1));
        awaitEnd(CrashKinds.CALLING, batch * (kill + 1));
      }
      assertThat(count(CrashKinds.BOOKING, JobState.DONE)).as("seed %d", seed).isEqualTo(all);
      assertThat(count(CrashKinds.CALLING, JobState.DONE)).as("seed %d", seed).isEqualTo(all);
      assertThat(db.number("select count(*) from effect")).as("seed %d", seed).isEqualTo(all);
      assertThat(db.number("select count(distinct job) from effect")).isEqualTo(all);
      assertThatRecordedCallsWereNotRepeated(server, called);
    }
  }

  private static void assertThatRecordedCallsWereNotRepeated(CallCounter server, List<JobId> jobs)
      throws SQLException {
    var byKey = server.calls().stream().collect(Collectors.groupingBy(CallCounter.Call::key));
    assertThat(byKey.keySet())
        .isEqualTo(
            jobs.stream().map(j -> StepKey.of(j, "", "call").value()).collect(Collectors.toSet()));
    var recorded = new HashMap<String, Instant>();
    for (var line :
        db.texts(
            "select job_id || '/call ' || (extract(epoch from recorded_at) * 1000000)::bigint from sluice_engine.checkpoint where name = 'call'")) {
      var parts = line.split(" ");
      recorded.put(parts[0], Instant.EPOCH.plus(Duration.ofNanos(1000 * Long.parseLong(parts[1]))));
    }
    byKey.forEach((key, calls) ->
        assertThat(calls)
            .as("calls of %s", key)
            .noneMatch(call -> call.at().isAfter(recorded.get(key))));
  }

  @Test
  void aWorkerStoppedPastItsLeaseIsRefusedWhenItGoesOn() throws Exception {
    var release = new java.util.concurrent.CountDownLatch(1);
    var first = new java.util.concurrent.atomic.AtomicBoolean(true);
    CallCounter.Answer answer =
        _ -> {
          if (first.getAndSet(false)) {
            release.await();
            return "late";
          }
          return "in time";
        };
    var client = db.client();
    try (var server = new CallCounter(answer);
        var stopped = WorkerProcess.on(db.database(), server.url())) {
      stopped.awaitReady();
      var job = client.jobs().enqueue(CrashKinds.STALLED, "", EnqueueOptions.DEFAULT).job();
      server.awaitCalls(1);
      stopped.signal("STOP");
      try (var other = WorkerProcess.on(db.database(), server.url())) {
        other.awaitReady();
        assertThat(EngineDatabase.result(client, job, String.class)).isEqualTo("in time");
        release.countDown();
        stopped.signal("CONT");
        stopped.await("LOST " + CrashKinds.STALLED.name());
        assertThat(EngineDatabase.result(client, job, String.class)).isEqualTo("in time");
        assertThat(
                db.texts(
                    "select value #>> '{}' from sluice_engine.checkpoint where job_id = '%s'"
                        .formatted(job)))
            .containsExactly("in time");
        assertThat(server.calls())
            .extracting(CallCounter.Call::key)
            .hasSize(2)
            .containsOnly(job + "/call");
      }
    }
  }

  @Test
  void aPoisonJobEndsInDeadletterAfterThreeCrashesAndItsNeighboursComplete() throws Exception {
    var client = db.client();
    var options = EnqueueOptions.DEFAULT;
    client.jobs().enqueueAll(CrashKinds.POISON, Collections.nCopies(20, "innocent"), options);
    var poison = client.jobs().enqueue(CrashKinds.POISON, "poison", options).job();
    client.jobs().enqueueAll(CrashKinds.POISON, Collections.nCopies(20, "innocent"), options);
    try (var worker = WorkerProcess.on(db.database(), NOWHERE)) {
      int restarts = worker.keepRunningUntil(() -> ended(41));
      assertThat(restarts).isEqualTo(3);
    }
    assertThat(count(CrashKinds.POISON, JobState.DONE)).isEqualTo(40);
    var view = client.operations().job(poison).orElseThrow();
    assertThat(view.state()).isEqualTo(JobState.DEADLETTER);
    assertThat(view.crashes()).isEqualTo(3);
    assertThat(db.number("select count(*) from audit where job = '%s'".formatted(poison)))
        .isEqualTo(3);
  }

  private static boolean ended(int jobs) {
    try {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      return db.number(
              "select count(*) from sluice_engine.job where kind = 'crash.poison' and finished_at is not null")
          == jobs;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
