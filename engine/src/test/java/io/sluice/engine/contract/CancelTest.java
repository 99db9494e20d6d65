package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.IdSource;
import io.sluice.engine.Interruption;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Outcome;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Cancellation is prompt, and final.
class CancelTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  @Test
  void aRunningHandlerOnAnotherNodeIsInterruptedWithinASecond() throws Exception {
    var kind = db.kind(String.class, String.class);
    var running = new CountDownLatch(1);
    var interrupted = new CompletableFuture<Long>();
    db.start(b ->
        b.handle(
            kind,
            (_, _) -> {
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.complete(System.nanoTime());
                throw e;
              }
              return "";
            }));
    var client = db.client();
    var job = client.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    running.await();
    long asked = System.nanoTime();
    assertThat(client.jobs().cancel(job, "ada")).isOne();
    var took = Duration.ofNanos(interrupted.get(10, TimeUnit.SECONDS) - asked);
    assertThat(took).isLessThan(Duration.ofSeconds(1));
    assertThat(outcome(client, job, String.class)).isEqualTo(new Outcome.Cancelled<>(job));
    assertThat(client.jobs().cancel(job, "ada")).isZero();
  }

  @Test
  void whatACancelledHandlerWouldRecordIsRefused() throws Exception {
    var kind = db.kind(String.class, String.class);
    var running = new CountDownLatch(1);
    var cancelled = new CountDownLatch(1);
    var refused = new CompletableFuture<Throwable>();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  running.countDown();
                  awaitUninterruptibly(cancelled);
                  try {
                    return job.step("late", String.class, () -> "written");
                  } catch (Throwable e) {
                    refused.complete(e);
                    throw e;
                  }
                }));
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    running.await();
    engine.jobs().cancel(job, "ada");
    cancelled.countDown();
    assertThat(refused.get(10, TimeUnit.SECONDS)).isInstanceOf(Interruption.class);
    assertThat(
            db.number(
                "select count(*) from sluice_engine.checkpoint where job_id = '%s'".formatted(job)))
        .isZero();
  }

  static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException _) {
        // That is the point.
      }
    }
  }

  @Test
  void aJobThatWaitsIsCancelledWhereItIs() {
    var kind = db.kind(String.class, String.class);
    var engine = db.start(b -> b.handle(kind, (_, job) -> job.await("never", String.class)));
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    db.moves().await(kind.name(), JobState.WAITING, 1);
    assertThat(engine.jobs().cancel(job, "ada")).isOne();
    assertThat(engine.operations().job(job).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    assertThat(engine.operations().history(job)).anyMatch(line -> line.who().equals("ada"));
    assertThatThrownBy(() -> engine.jobs().cancel(new JobId(IdSource.system().next()), "ada"))
        .isInstanceOf(EngineProblem.UnknownJob.class);
  }
}
