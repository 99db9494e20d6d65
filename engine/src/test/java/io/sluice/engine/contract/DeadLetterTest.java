package io.sluice.engine.contract;

import static io.sluice.engine.testing.EngineDatabase.outcome;
import static io.sluice.engine.testing.EngineDatabase.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.HistoryLine;
import io.sluice.engine.JobFilter;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.Operations.Again;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.StepRef;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What ends badly keeps its history, is found by its cause, and can be sent round again.
class DeadLetterTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private final AtomicBoolean mended = new AtomicBoolean();
  private final AtomicInteger firsts = new AtomicInteger();
  private final Kind<Integer, String> kind =
      db.kind(Integer.class, String.class).withRetry(RetryPolicy.fixed(2, Duration.ofMillis(1)));

  private Engine engine() {
    return db.start(b ->
        b.handle(
            kind,
            (in, job) -> {
              job.step("first", Integer.class, firsts::incrementAndGet);
              if (!mended.get()) {
                if (in % 2 == 0) {
                  throw new PermanentFailure("ENCRYPTED", "document " + in + " is locked");
                }
                throw new TransientFailure("gone", "host " + in + " is gone");
              }
              return "mended " + job.attempt();
            }));
  }

  @Test
  void deadLettersAreGroupedByCauseAndRedrivenByFilter() {
    var engine = engine();
    var jobs = engine.jobs().enqueueAll(kind, List.of(1, 2, 3, 4, 5), EnqueueOptions.DEFAULT);
    jobs.forEach(job -> outcome(engine, job, String.class));
    var groups =
        engine.operations().deadLetters(null).stream()
            .filter(g -> g.kind().equals(kind.name()))
            .toList();
    assertThat(groups).extracting(g -> g.count()).containsExactly(3L, 2L);
    assertThat(groups.getFirst().cause()).startsWith("gone: host");
    mended.set(true);
    var filter = JobFilter.ALL.ofKind(kind.name());
    var gone = filter.withCause(groups.getFirst().cause());
    assertThat(engine.operations().redrive(gone, 2, "ada")).isEqualTo(2);
    assertThat(engine.operations().redrive(gone, 100, "ada")).isOne();
    for (var index : new int[] {0, 2, 4}) {
      assertThat(result(engine, jobs.get(index), String.class)).isEqualTo("mended 0");
    }
    assertThat(engine.operations().jobs(filter.in(JobState.DEADLETTER), null, 10)).hasSize(2);
    assertThat(firsts).hasValue(5);
    assertThatThrownBy(() -> engine.operations().redrive(filter.in(JobState.DONE), 1, "ada"))
        .isInstanceOf(EngineProblem.Misuse.class);
  }

  @Test
  void aDeadLetterKeepsItsWholeHistoryThroughARedrive() {
    var engine = engine();
    var job = engine.jobs().enqueue(kind, 7, EnqueueOptions.DEFAULT).job();
    outcome(engine, job, String.class);
    mended.set(true);
    assertThat(engine.operations().retry(job, "ada")).isTrue();
    assertThat(result(engine, job, String.class)).isEqualTo("mended 0");
    assertThat(engine.operations().retry(job, "ada")).isFalse();
    assertThat(moves(engine, job))
        .containsExactly(
            "null>QUEUED",
            "QUEUED>WORKING",
            "WORKING>RETRYABLE",
            "RETRYABLE>QUEUED",
            "QUEUED>WORKING",
            "WORKING>DEADLETTER",
            "DEADLETTER>QUEUED",
            "QUEUED>WORKING",
            "WORKING>DONE");
    var errors =
        engine.operations().history(job).stream().filter(line -> line.error() != null).toList();
    assertThat(errors).extracting(line -> line.error().retryCount()).containsExactly(0, 1);
  }

  @Test
  void aWaitThatTimedOutWaitsAnewWhenItsJobIsRetried() {
    var waiting = db.kind(Integer.class, String.class);
    var engine =
        db.start(b ->
            b.handle(
                waiting,
                (in, job) ->
                    job.await("word", String.class, Duration.ofMillis(mended.get() ? 60_000 : 1))
                        .orElseThrow(() -> new PermanentFailure("SILENCE", "nothing came"))));
    var job = engine.jobs().enqueue(waiting, 1, EnqueueOptions.DEFAULT).job();
    outcome(engine, job, String.class);
    mended.set(true);
    assertThat(engine.operations().retry(job, "ada")).isTrue();
    db.moves().await(waiting.name(), JobState.WAITING, 1);
    engine.jobs().signal(job, "word", "here");
    assertThat(result(engine, job, String.class)).isEqualTo("here");
  }

  @Test
  void aRetryForgetsTheStepsThatItIsToldToAndNoOthers() throws Exception {
    var engine = engine();
    var jobs = engine.jobs().enqueueAll(kind, List.of(2, 4), EnqueueOptions.DEFAULT);
    jobs.forEach(job -> outcome(engine, job, String.class));
    assertThat(firsts).hasValue(2);
    mended.set(true);
    var all =
        List.of(
            new Again(jobs.get(0), List.of(StepRef.root("first"))),
            new Again(jobs.get(1), List.of()));
    var went = engine.inTransaction(tx -> engine.operations().retry(tx, all, "ada"));
    assertThat(went).containsExactlyInAnyOrderElementsOf(jobs);
    jobs.forEach(job -> assertThat(result(engine, job, String.class)).isEqualTo("mended 0"));
    assertThat(firsts).hasValue(3);
    assertThat(engine.<List<JobId>>inTransaction(tx -> engine.operations().retry(tx, all, "ada")))
        .isEmpty();
  }

  static List<String> moves(Engine engine, JobId job) {
    var out = new ArrayList<String>();
    for (HistoryLine line : engine.operations().history(job)) {
      if (line.what().equals("move")) {
        out.add(line.from() + ">" + line.to());
      }
    }
    return out;
  }

  @Test
  void aStepThatFailedForGoodIsTriedAgainAfterARedrive() {
    var kind = db.kind(String.class, String.class);
    var engine =
        db.start(b ->
            b.handle(
                kind,
                (_, job) ->
                    job.step(
                        "parse",
                        String.class,
                        () -> {
                          if (!mended.get()) {
                            throw new PermanentFailure("BAD", "bad");
                          }
                          return "parsed";
                        })));
    var job = engine.jobs().enqueue(kind, "", EnqueueOptions.DEFAULT).job();
    outcome(engine, job, String.class);
    mended.set(true);
    engine.operations().retry(job, "ada");
    assertThat(result(engine, job, String.class)).isEqualTo("parsed");
  }
}
