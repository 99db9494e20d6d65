package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.outcome;
import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.StepFailed;
import io.sluice.engine.StepKey;
import io.sluice.engine.StepOptions;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A step that was recorded never runs again.
class StepTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private static final RetryPolicy AT_ONCE = RetryPolicy.fixed(3, Duration.ofMillis(1));

  private final AtomicInteger runs = new AtomicInteger();

  private Kind<String, String> texts() {
    return db.kind(String.class, String.class).withRetry(AT_ONCE);
  }

  private static JobId enqueue(Engine engine, Kind<String, ?> kind) {
    return engine.jobs().enqueue(kind, "in", EnqueueOptions.DEFAULT).job();
  }

  @Test
  void aRecordedStepReturnsItsRecordWhenTheHandlerRunsAgain() {
    var kind = texts();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  var made = job.step("make", String.class, () -> "v" + runs.incrementAndGet());
                  if (job.attempt() == 0) {
                    throw new TransientFailure("later", "not yet");
                  }
                  return made;
                }));
    assertThat(result(engine, enqueue(engine, kind), String.class)).isEqualTo("v1");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aStepRetriesByItsOwnPolicyWithoutSpendingAnAttemptOfTheJob() {
    var kind = texts();
    Queue<StepKey> keys = new ConcurrentLinkedQueue<>();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.step(
                        "call",
                        String.class,
                        StepOptions.retrying(AT_ONCE),
                        () -> {
                          keys.add(StepKey.current().orElseThrow());
                          if (runs.incrementAndGet() < 3) {
                            throw new TransientFailure("busy", "try again");
                          }
                          return "attempt of the job: " + job.attempt();
                        })));
    var job = enqueue(engine, kind);
    assertThat(result(engine, job, String.class)).isEqualTo("attempt of the job: 0");
    assertThat(runs).hasValue(3);
    assertThat(Set.copyOf(keys)).containsExactly(StepKey.of(job, "", "call"));
    assertThat(
            db_texts(
                "select status || attempt from sluice_engine.checkpoint where job_id = '%s'"
                    .formatted(job)))
        .containsExactly("done3");
  }

  private static List<String> db_texts(String sql) {
    try {
      return db.texts(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theBackoffOfAStepIsHonouredByTheNodeThatTakesOver() throws Exception {
    var kind = texts();
    var options = StepOptions.retrying(RetryPolicy.fixed(5, Duration.ofMillis(1500)));
    Queue<Instant> tries = new ConcurrentLinkedQueue<>();
    io.sluice.engine.Handler<String, String> handler =
        (_, job) ->
            job.step(
                "call",
                String.class,
                options,
                () -> {
                  tries.add(Instant.now());
                  if (tries.size() == 1) {
                    throw new TransientFailure("busy", "try again");
                  }
                  return "ok";
                });
    var first = db.start(b -> b.handle(kind, handler));
    var job = enqueue(first, kind);
    db.moves().await(kind.name(), JobState.WAITING, 1);
    assertThat(
            db.texts(
                "select status || attempt from sluice_engine.checkpoint where job_id = '%s'"
                    .formatted(job)))
        .containsExactly("retrying1");
    first.close();
    var second = db.start(b -> b.handle(kind, handler));
    assertThat(result(second, job, String.class)).isEqualTo("ok");
    var times = List.copyOf(tries);
    assertThat(times).hasSize(2);
    assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThan(Duration.ofMillis(1450));
  }

  @Test
  void theFinalFailureOfAStepIsRecordedAndSeenByLaterAttempts() {
    var kind = texts();
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  try {
                    job.step(
                        "call",
                        String.class,
                        StepOptions.retrying(RetryPolicy.fixed(2, Duration.ofMillis(1))),
                        () -> {
                          runs.incrementAndGet();
                          throw new TransientFailure("gone", "still not there");
                        });
                  } catch (StepFailed e) {
                    seen.add(e.step() + " " + e.code());
                  }
                  if (job.attempt() == 0) {
                    throw new TransientFailure("later", "again");
                  }
                  return "went another way";
                }));
    assertThat(result(engine, enqueue(engine, kind), String.class)).isEqualTo("went another way");
    assertThat(runs).hasValue(2);
    assertThat(seen).containsExactly("call gone", "call gone");
  }

  @Test
  void anUncaughtStepFailedEndsTheJobInDeadletter() {
    var kind = texts();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.step(
                        "parse",
                        String.class,
                        () -> {
                          throw new PermanentFailure("ENCRYPTED", "needs a password");
                        })));
    var end = outcome(engine, enqueue(engine, kind), String.class);
    assertThat(end).isInstanceOf(Outcome.DeadLettered.class);
    var error = ((Outcome.DeadLettered<String>) end).error();
    assertThat(error.errorType()).isEqualTo("ENCRYPTED");
    assertThat(error.step()).isEqualTo("parse");
    assertThat(error.retryCount()).isZero();
  }

  @Test
  void aStepThatTakesTooLongIsInterruptedAndTriedAgain() {
    var kind = texts();
    var never = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.step(
                        "slow",
                        String.class,
                        StepOptions.retrying(AT_ONCE).within(Duration.ofMillis(100)),
                        () -> {
                          if (runs.incrementAndGet() == 1) {
                            never.await();
                          }
                          return "in time";
                        })));
    assertThat(result(engine, enqueue(engine, kind), String.class)).isEqualTo("in time");
    assertThat(runs).hasValue(2);
  }

  @Test
  void aValueOfAnySizeComesBackAsItWas() {
    var kind = texts();
    var big = "0123456789abcdef".repeat(200_000 / 16);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  var noise = job.step("big", String.class, () -> big + random());
                  if (job.attempt() == 0) {
                    job.step("first", Integer.class, noise::hashCode);
                    throw new TransientFailure("later", "again");
                  }
                  int first = job.step("first", Integer.class, () -> 0);
                  return first == noise.hashCode() ? noise.length() + "" : "not the same";
                }));
    var job = enqueue(engine, kind);
    assertThat(Integer.parseInt(result(engine, job, String.class))).isGreaterThan(400_000);
  }

  /// Does not compress to less than 64 KiB.
  private static String random() {
    var random = new java.util.Random(7);
    var text = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      text.append((char) (' ' + random.nextInt(90)));
    }
    return text.toString();
  }

  @Test
  void aNameIsUsedOnceInAScope() {
    var kind = texts();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.step("same", String.class, () -> "a")
                        + job.step("same", String.class, () -> "b")));
    var end = outcome(engine, enqueue(engine, kind), String.class);
    assertThat(((Outcome.DeadLettered<String>) end).error().errorType()).isEqualTo("MISUSE");
  }

  record Old(String name) {}

  record New(Instant at) {}

  @Test
  void aCheckpointThatNoLongerFitsDeadLettersAtOnceAndSaysWhatToDo() {
    var kind = texts();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  if (job.attempt() == 0) {
                    job.step("make", List.class, () -> List.of(1, 2));
                    throw new TransientFailure("later", "again");
                  }
                  return job.step("make", New.class, () -> new New(Instant.EPOCH)).toString();
                }));
    var job = enqueue(engine, kind);
    var error = ((Outcome.DeadLettered<String>) outcome(engine, job, String.class)).error();
    assertThat(error.errorType()).isEqualTo("CHECKPOINT_INCOMPATIBLE");
    assertThat(error.message()).contains("'make'", "New", "job.changed");
    assertThat(engine.operations().job(job).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void aJobThatBeganBeforeAChangeKeepsTheOldWay() {
    var before = texts();
    var after = before.withVersion(2);
    io.sluice.engine.Handler<String, String> handler =
        (_, job) -> {
          job.step("begin", String.class, () -> "");
          job.sleep("wait", Duration.ofMillis(300));
          return job.changed("better") ? "new way" : "old way";
        };
    var first =
        db.start(b ->
            b.handle(
                before,
                (_, job) -> {
                  job.step("begin", String.class, () -> "");
                  throw job.park(Instant.now().plusMillis(200), "the next version");
                }));
    var began = enqueue(first, before);
    db.moves().await(before.name(), JobState.WAITING, 1);
    first.close();
    var second = db.start(b -> b.handle(after, handler));
    assertThat(result(second, began, String.class)).isEqualTo("old way");
    assertThat(result(second, enqueue(second, after), String.class)).isEqualTo("new way");
  }

  @Test
  void aResultThatCanNotBeStoredFailsAloneAndItsNeighboursAreRecorded() {
    var kind = texts();
    var gate = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (in, job) -> {
                  gate.await();
                  return job.step("echo", String.class, () -> in.equals("bad") ? "\u0000" : in);
                }));
    var good =
        engine
            .jobs()
            .enqueueAll(kind, java.util.Collections.nCopies(40, "good"), EnqueueOptions.DEFAULT);
    var bad = engine.jobs().enqueue(kind, "bad", EnqueueOptions.DEFAULT).job();
    gate.countDown();
    var error = ((Outcome.DeadLettered<String>) outcome(engine, bad, String.class)).error();
    assertThat(error.errorType()).isEqualTo("BAD_INPUT");
    good.forEach(job -> assertThat(result(engine, job, String.class)).isEqualTo("good"));
  }

  @Test
  void aJobsResultThatCanNotBeStoredDeadLettersIt() {
    var kind = texts();
    var engine = db.start(b -> b.handle(kind, (_, _) -> "a\u0000b"));
    var error =
        ((Outcome.DeadLettered<String>) outcome(engine, enqueue(engine, kind), String.class))
            .error();
    assertThat(error.errorType()).isEqualTo("BAD_INPUT");
  }

  @Test
  void anErrorThatCanNotBeStoredDoesNotKeepTheJobFromEnding() {
    var kind = texts();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  if (job.attempt() == 0) {
                    throw new TransientFailure("o\u0000o", "n\u0000ul");
                  }
                  throw job.park(Instant.now(), "nul \u0000");
                }));
    var error =
        ((Outcome.DeadLettered<String>) outcome(engine, enqueue(engine, kind), String.class))
            .error();
    assertThat(error.errorType()).isEqualTo("UNRECORDABLE");
  }

  @Test
  void stagesShowAndAnnounceThemselves() throws Exception {
    var kind = texts().withStages("parsing", "chunking");
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  job.step("parsing", String.class, () -> "p");
                  job.step("other", String.class, () -> "o");
                  return job.transaction("chunking", String.class, _ -> "c");
                }));
    var job = enqueue(engine, kind);
    result(engine, job, String.class);
    assertThat(engine.operations().job(job).orElseThrow().stage()).isEqualTo("chunking");
    assertThat(
            db.texts(
                "select payload->>'stage' from sluice_engine.event where job_id = '%s' order by seq"
                    .formatted(job)))
        .containsExactly("parsing", "chunking");
  }

  @Test
  void progressAndEventsAreSeenWhileTheJobRuns() throws Exception {
    var kind = texts();
    var seen = new CountDownLatch(1);
    var watched = new CountDownLatch(1);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  job.progress(3, 10);
                  job.emit(event("half.way"));
                  watched.await();
                  return "";
                }));
    var client = db.client();
    var job = new java.util.concurrent.atomic.AtomicReference<JobId>();
    try (var _ =
        client.watch(() -> {
          var id = job.get();
          if (id != null
              && client.operations().job(id).orElseThrow().progressDone() == 3
              && !client
                  .operations()
                  .events(
                      new io.sluice.engine.Operations.EventFilter(null, id, null, null, null),
                      null,
                      10)
                  .isEmpty()) {
            seen.countDown();
          }
        })) {
      job.set(enqueue(client, kind));
      assertThat(seen.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
    watched.countDown();
    result(engine, job.get(), String.class);
  }

  static io.sluice.engine.JobEvent event(String code) {
    return new io.sluice.engine.JobEvent(
        "test", io.sluice.engine.JobEvent.Severity.INFO, code, null, java.util.Map.of());
  }

  @Test
  void anEngineProblemOfAHandlersMakingIsNotRetried() {
    var kind = texts();
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) -> {
                  runs.incrementAndGet();
                  job.parallel("none", String.class, List.of(), 0);
                  return "";
                }));
    var end = outcome(engine, enqueue(engine, kind), String.class);
    assertThat(((Outcome.DeadLettered<String>) end).error().errorType())
        .isEqualTo(new EngineProblem.Misuse("").code());
    assertThat(runs).hasValue(1);
  }
}
