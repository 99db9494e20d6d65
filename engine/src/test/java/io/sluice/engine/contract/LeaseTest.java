package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.outcome;
import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineSettings;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobState;
import io.sluice.engine.Outcome;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.testing.EngineDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Only the holder of the fence records; who loses its lease loses its jobs.
class LeaseTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private final AtomicInteger runs = new AtomicInteger();

  /// As a process that died leaves it: a worker that never renews, with a job in its hands.
  private static void leaveWithDeadWorker(Object job, String lease) throws SQLException {
    db.execute(
        """
        with w as (
          insert into sluice_engine.worker (id, name, lease_until, kinds, queues)
          values (gen_random_uuid(), 'dead', now() + interval '%1$s', '{}', '{}') returning id)
        , b as (insert into sluice_engine.claim_batch (worker_id, number, jobs) select id, 1, array['%2$s'::uuid] from w)
        update sluice_engine.job j
        set state = 'working', ready = false, fence = fence + 1, worker_id = w.id, started_at = now() from w
        where j.id = '%2$s'
        """
            .formatted(lease, job));
  }

  @Test
  void theJobOfADeadWorkerIsTakenOverWithinFifteenSecondsByDefault() throws Exception {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var job = client.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    leaveWithDeadWorker(job, "10 seconds");
    long died = System.nanoTime();
    var engine = db.start(EngineSettings.DEFAULT, b -> b.handle(kind, (in, _) -> "taken over"));
    assertThat(result(engine, job, String.class)).isEqualTo("taken over");
    assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofSeconds(15));
    var view = engine.operations().job(job).orElseThrow();
    assertThat(view.crashes()).isOne();
    assertThat(view.attempt()).isZero();
    assertThat(engine.operations().history(job)).anyMatch(line -> line.why().contains("died"));
  }

  @Test
  void aJobThatWasRunningInThreeCrashesEndsInDeadletter() throws Exception {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var job = client.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    db.execute("update sluice_engine.job set crashes = 2 where id = '%s'".formatted(job));
    leaveWithDeadWorker(job, "-1 second");
    var engine = db.start(b -> b.handle(kind, (in, _) -> in));
    var end = (Outcome.DeadLettered<String>) outcome(engine, job, String.class);
    assertThat(end.error().errorType()).isEqualTo("WORKER_CRASHED");
    assertThat(runs).hasValue(0);
  }

  @Test
  void aSuspectRunsThoughTheQueuesClaimersHoldEverySlot() throws Exception {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var suspect = client.jobs().enqueue(kind, "suspect", EnqueueOptions.DEFAULT).job();
    db.execute("update sluice_engine.job set crashes = 1 where id = '%s'".formatted(suspect));
    leaveWithDeadWorker(suspect, "-1 second");
    var began = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var beside = new AtomicInteger();
    var engine =
        db.start(
            EngineDatabase.SETTINGS.withConcurrency(1),
            b ->
                b.handle(
                    kind,
                    (in, _) -> {
                      beside.incrementAndGet();
                      if (in.equals("suspect")) {
                        began.countDown();
                        release.await();
                        return "ran beside " + (beside.get() - 1);
                      }
                      return in;
                    }));
    began.await();
    var other = engine.jobs().enqueue(kind, "other", EnqueueOptions.DEFAULT).job();
    assertThat(engine.jobs().result(other, String.class, Duration.ofMillis(300))).isEmpty();
    release.countDown();
    assertThat(result(engine, suspect, String.class)).isEqualTo("ran beside 0");
    assertThat(result(engine, other, String.class)).isEqualTo("other");
  }

  @Test
  void theLateRecordOfAWorkerThatLostItsLeaseIsRefused() throws Exception {
    var kind = db.kind(String.class, String.class);
    var first = new CountDownLatch(1);
    var taken = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    io.sluice.engine.Handler<String, String> handler =
        (_, job) -> {
          int run = runs.incrementAndGet();
          if (run == 1) {
            first.countDown();
            CancelTest.awaitUninterruptibly(release);
          } else {
            taken.countDown();
          }
          return job.step("who", String.class, () -> "run " + run);
        };
    var stalled =
        db.start(EngineSettings.DEFAULT.withGrace(Duration.ZERO), b -> b.handle(kind, handler));
    var job = stalled.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    first.await();
    db.execute("update sluice_engine.worker set dead = true");
    var rescuer = db.start(b -> b.handle(kind, handler));
    taken.await();
    assertThat(result(rescuer, job, String.class)).isEqualTo("run 2");
    release.countDown();
    db.moves().await(kind.name(), "lost", 1);
    assertThat(rescuer.operations().job(job).orElseThrow().resultJson()).isEqualTo("\"run 2\"");
    assertThat(
            db.texts(
                "select value #>> '{}' from sluice_engine.checkpoint where job_id = '%s'"
                    .formatted(job)))
        .containsExactly("run 2");
  }

  /// The worker finds out at its next pulse, and goes on under a new id.
  @Test
  void aWorkerThatWasTakenForDeadStartsAnew() throws Exception {
    var kind = db.kind(String.class, String.class);
    var engine = db.start(b -> b.handle(kind, (in, _) -> in));
    result(engine, engine.jobs().enqueue(kind, "a", EnqueueOptions.DEFAULT).job(), String.class);
    db.execute("update sluice_engine.worker set dead = true");
    var job = engine.jobs().enqueue(kind, "again", EnqueueOptions.DEFAULT).job();
    assertThat(result(engine, job, String.class)).isEqualTo("again");
  }

  @Test
  void aHandlerThatHangsLosesTheJobAfterItsLimitAndTheGrace() {
    var kind =
        db.kind(String.class, String.class)
            .withAttemptTimeout(Duration.ofMillis(200))
            .withRetry(RetryPolicy.fixed(2, Duration.ofMillis(1)));
    var never = new CountDownLatch(1);
    var engine =
        db.start(
            EngineDatabase.SETTINGS.withGrace(Duration.ofMillis(200)),
            b ->
                b.handle(
                    kind,
                    (_, job) -> {
                      if (job.attempt() == 0) {
                        CancelTest.awaitUninterruptibly(never);
                      }
                      return "second attempt";
                    }));
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    assertThat(result(engine, job, String.class)).isEqualTo("second attempt");
    db.moves().await(kind.name(), "abandoned", 1);
    assertThat(engine.operations().job(job).orElseThrow().lastError().errorType())
        .isEqualTo("ATTEMPT_TIMEOUT");
    never.countDown();
  }

  @Test
  void aJobPastItsDeadlineEndsInDeadletterWhateverItDoes() {
    var kind = db.kind(String.class, String.class).withDeadline(Duration.ofMillis(400));
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (in, job) -> {
                  if (in.equals("wait")) {
                    return job.await("never", String.class);
                  }
                  new CountDownLatch(1).await();
                  return "";
                }));
    for (var in : new String[] {"wait", "work"}) {
      var job = engine.jobs().enqueue(kind, in, EnqueueOptions.DEFAULT).job();
      var end = (Outcome.DeadLettered<String>) outcome(engine, job, String.class);
      assertThat(end.error().errorType()).isEqualTo("DEADLINE_EXCEEDED");
      assertThat(engine.operations().job(job).orElseThrow().state()).isEqualTo(JobState.DEADLETTER);
    }
  }

  /// The connection broke after a claim's commit: the living worker holds a job that it does not
  /// know of, and that no rescuer may take.
  @Test
  void aJobWhoseClaimWasNeverAnsweredIsGivenBack() throws Exception {
    var kind = db.kind(String.class, String.class);
    var engine = db.start(b -> b.handle(kind, (in, _) -> "run"));
    var at = Instant.now().plusSeconds(3600);
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT.withRunAt(at)).job();
    db.execute(
        """
        with b as (
          insert into sluice_engine.claim_batch (worker_id, number, jobs)
          select id, 1000000, array['%2$s'::uuid] from sluice_engine.worker where kinds = '{%1$s}' and not dead
          returning worker_id)
        update sluice_engine.job j
        set state = 'working', hold = null, wake_at = null, fence = fence + 1, started_at = now(), worker_id = b.worker_id
        from b where j.id = '%2$s'
        """
            .formatted(kind.name(), job));
    assertThat(result(engine, job, String.class)).isEqualTo("run");
    var view = engine.operations().job(job).orElseThrow();
    assertThat(view.crashes()).isZero();
    assertThat(engine.operations().history(job))
        .anyMatch(line -> line.why().equals("its worker does not run it"));
  }
}
