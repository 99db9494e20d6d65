package io.sluice.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.LimitRule;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.WhyNot;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `explain` says why a job is not running; each reason is seen here once.
class ExplainTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static final Set<String> SEEN = new TreeSet<>();

  private static <W extends WhyNot> W only(Engine engine, JobId job, Class<W> type) {
    var why = engine.operations().explain(job);
    assertThat(why).hasSize(1).first().isInstanceOf(type);
    assertThat(why.getFirst().text()).isNotBlank();
    SEEN.add(type.getSimpleName());
    return type.cast(why.getFirst());
  }

  @AfterAll
  static void eachReasonWasSeen() {
    var all = Arrays.stream(WhyNot.class.getPermittedSubclasses()).map(Class::getSimpleName);
    assertThat(SEEN).containsAll(all.toList());
  }

  @Test
  void aJobThatRunsAndOneThatHasEnded() throws Exception {
    var kind = db.kind(String.class, String.class);
    var running = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (in, _) -> {
                  running.countDown();
                  release.await();
                  return in;
                }));
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    running.await();
    assertThat(only(engine, job, WhyNot.Running.class).leaseUntil()).isAfter(Instant.EPOCH);
    release.countDown();
    EngineDatabase.result(engine, job, String.class);
    assertThat(only(engine, job, WhyNot.Ended.class).state()).isEqualTo(JobState.DONE);
  }

  @Test
  void aJobThatWaitsForItsTimeItsBackoffOrASignal() {
    var kind =
        db.kind(String.class, String.class).withRetry(RetryPolicy.fixed(3, Duration.ofHours(1)));
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (in, job) -> {
                  if (in.equals("fail")) {
                    throw new TransientFailure("busy", "the service is busy");
                  }
                  return job.await("approved", String.class);
                }));
    var at = Instant.now().plusSeconds(3600);
    var later = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT.withRunAt(at)).job();
    assertThat(only(engine, later, WhyNot.Timer.class).text()).contains("its run time");
    var failed = engine.jobs().enqueue(kind, "fail", EnqueueOptions.DEFAULT).job();
    db.moves().await(kind.name(), JobState.RETRYABLE, 1);
    assertThat(only(engine, failed, WhyNot.Timer.class).text()).contains("the service is busy");
    var waits = engine.jobs().enqueue(kind, "wait", EnqueueOptions.DEFAULT).job();
    db.moves().await(kind.name(), JobState.WAITING, 1);
    assertThat(only(engine, waits, WhyNot.Event.class).reason()).contains("approved");
  }

  @Test
  void aJobThatNobodyTakes() {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var job = client.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    assertThat(only(client, job, WhyNot.NoWorker.class).kind()).isEqualTo(kind.name());
    client.operations().pause(kind.queue(), "ada");
    var engine = db.start(b -> b.handle(kind, (in, _) -> in));
    assertThat(only(engine, job, WhyNot.QueuePaused.class).by()).isEqualTo("ada");
  }

  @Test
  void aJobBehindOthers() throws Exception {
    var kind = db.kind(String.class, String.class);
    var running = new CountDownLatch(1);
    var engine =
        db.start(
            EngineDatabase.SETTINGS.withConcurrency(1),
            b ->
                b.handle(
                    kind,
                    (in, _) -> {
                      running.countDown();
                      new CountDownLatch(1).await();
                      return in;
                    }));
    engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT);
    running.await();
    engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT);
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    assertThat(only(engine, job, WhyNot.Behind.class).jobs()).isOne();
  }

  @Test
  void aJobWhoseLimitIsFull() throws Exception {
    var kind =
        db.kind(String.class, String.class).withLimit(LimitRule.concurrency(db.name("full"), 1));
    var running = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (in, _) -> {
                  running.countDown();
                  new CountDownLatch(1).await();
                  return in;
                }));
    engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT);
    running.await();
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    assertThat(only(engine, job, WhyNot.LimitFull.class).max()).isOne();
  }

  @Test
  void aJobWhoseRateIsUsedUp() {
    var kind =
        db.kind(String.class, String.class)
            .withLimit(LimitRule.rate(db.name("slow"), 1, Duration.ofHours(1)));
    var engine = db.start(b -> b.handle(kind, (in, _) -> in));
    var first = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    EngineDatabase.result(engine, first, String.class);
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    assertThat(only(engine, job, WhyNot.RateLimited.class).next())
        .isAfter(Instant.now().plusSeconds(3000));
  }

  @Test
  void aSuspectThatWaitsToRunAlone() throws Exception {
    var kind = db.kind(String.class, String.class);
    var engine =
        db.start(
            EngineDatabase.SETTINGS.withSuspects(io.sluice.engine.EngineSettings.Suspects.NEVER),
            b -> b.handle(kind, (in, _) -> in));
    var job =
        engine
            .jobs()
            .enqueue(kind, "", EnqueueOptions.DEFAULT.withRunAt(Instant.now().plusSeconds(3600)))
            .job();
    db.execute(
        "update sluice_engine.job set crashes = 2, hold = 'alone', wake_at = null where id = '%s'"
            .formatted(job));
    assertThat(only(engine, job, WhyNot.Suspect.class).crashes()).isEqualTo(2);
  }
}
