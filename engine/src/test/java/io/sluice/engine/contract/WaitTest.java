package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A job that waits holds nothing, spends no attempt, and misses nothing.
class WaitTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static JobId enqueue(Engine engine, Kind<String, ?> kind) {
    return engine.jobs().enqueue(kind, "in", EnqueueOptions.DEFAULT).job();
  }

  @Test
  void aSleepingJobHoldsNoWorkerAndSpendsNoAttempt() {
    var kind = db.kind(String.class, String.class);
    var runs = new AtomicInteger();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  runs.incrementAndGet();
                  var began = job.step("begin", Instant.class, Instant::now);
                  job.sleep("nap", Duration.ofMillis(700));
                  return Duration.between(began, Instant.now()).toMillis() + " " + job.attempt();
                }));
    var job = enqueue(engine, kind);
    db.moves().await(kind.name(), JobState.WAITING, 1);
    var view = engine.operations().job(job).orElseThrow();
    assertThat(view.state()).isEqualTo(JobState.WAITING);
    assertThat(view.worker()).isNull();
    EngineDatabase.awaitIdle(engine);
    var said = result(engine, job, String.class).split(" ");
    assertThat(Integer.parseInt(said[0])).isBetween(690, 3000);
    assertThat(said[1]).isEqualTo("0");
    assertThat(runs).hasValue(2);
  }

  @Test
  void aSignalThatCameBeforeTheWaitIsKept() {
    var kind = db.kind(String.class, String.class);
    var client = db.client();
    var job = enqueue(client, kind);
    assertThat(client.jobs().signal(job, "approved", "by Ada")).isTrue();
    var engine = db.start(b -> b.handle(kind, (_, job2) -> job2.await("approved", String.class)));
    assertThat(result(engine, job, String.class)).isEqualTo("by Ada");
    assertThat(db.moves().count(kind.name(), JobState.WAITING)).isZero();
  }

  @Test
  void aSignalWakesAParkedJobOnAnotherNode() {
    var kind = db.kind(String.class, String.class);
    var engine = db.start(b -> b.handle(kind, (_, job) -> job.await("approved", String.class)));
    var client = db.client();
    var job = enqueue(client, kind);
    db.moves().await(kind.name(), JobState.WAITING, 1);
    client.jobs().signal(job, "something else", 1);
    client.jobs().signal(job, "approved", "yes");
    assertThat(result(engine, job, String.class)).isEqualTo("yes");
    assertThat(client.jobs().signal(job, "approved", "late")).isFalse();
    assertThatThrownBy(() -> client.jobs().signal(new JobId(IdSource.system().next()), "x", 1))
        .isInstanceOf(EngineProblem.UnknownJob.class);
  }

  @Test
  void eachSignalIsTakenOnce() {
    var kind = db.kind(String.class, String.class);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    String.join(
                        ",",
                        job.parallel(
                            "both",
                            String.class,
                            java.util.List.of(
                                new io.sluice.engine.Branch<>(
                                    "a", c -> c.await("go", String.class)),
                                new io.sluice.engine.Branch<>(
                                    "b", c -> c.await("go", String.class))),
                            2))));
    var job = enqueue(engine, kind);
    engine.jobs().signal(job, "go", "1");
    db.moves().await(kind.name(), JobState.WAITING, 1);
    engine.jobs().signal(job, "go", "2");
    assertThat(result(engine, job, String.class)).isIn("1,2", "2,1");
  }

  @Test
  void theTimeOutOfAWaitIsRecorded() {
    var kind =
        db.kind(String.class, String.class)
            .withRetry(io.sluice.engine.RetryPolicy.fixed(3, Duration.ofMillis(1)));
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  var got = job.await("go", String.class, Duration.ofMillis(200));
                  if (job.attempt() == 0) {
                    throw new io.sluice.engine.TransientFailure("later", "again");
                  }
                  return got.orElse("nobody came");
                }));
    var job = enqueue(engine, kind);
    db.moves().await(kind.name(), JobState.RETRYABLE, 1);
    engine.jobs().signal(job, "go", "too late");
    assertThat(result(engine, job, String.class)).isEqualTo("nobody came");
  }

  @Test
  void parkGivesTheJobBackWithoutSpendingAnAttempt() {
    var kind = db.kind(String.class, String.class);
    var open = new AtomicBoolean();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  try {
                    if (!open.get()) {
                      throw job.park(Instant.now().plusMillis(300), "the breaker is open");
                    }
                  } catch (Exception e) {
                    return "swallowed";
                  }
                  return "attempt " + job.attempt();
                }));
    var job = enqueue(engine, kind);
    db.moves().await(kind.name(), JobState.WAITING, 1);
    assertThat(engine.operations().job(job).orElseThrow().waitReason())
        .isEqualTo("the breaker is open");
    open.set(true);
    assertThat(result(engine, job, String.class)).isEqualTo("attempt 0");
  }

  /// Due times are PostgreSQL's, whatever the node's own clock says.
  @Test
  void aNodeWhoseClockIsAnHourOffSleepsAsLongAsAnyOther() {
    for (var skew : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
      var kind = db.kind(String.class, Long.class);
      InstantSource wrong = () -> Instant.now().plus(skew);
      var engine =
          db.start(
              EngineDatabase.SETTINGS.withClock(wrong),
              b ->
                  b.handle(
                      kind,
                      (_, job) -> {
                        var began = job.step("begin", Long.class, System::nanoTime);
                        job.sleep("nap", Duration.ofMillis(400));
                        return (System.nanoTime() - began) / 1_000_000;
                      }));
      var job = enqueue(engine, kind);
      assertThat(result(engine, job, Long.class)).isBetween(390L, 5000L);
    }
  }
}
