package io.sluice.engine.engine;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.Handler;
import io.sluice.engine.JobState;
import io.sluice.engine.Kind;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.model.Failures;
import io.sluice.engine.model.Verdict;
import io.sluice.engine.store.CheckpointStore;
import io.sluice.engine.store.Claim;
import io.sluice.engine.store.ClaimStore;
import io.sluice.engine.store.CompletionStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a job's handler: from the claim to the move that ends it. Runs on a virtual thread.
final class JobRun implements Runnable, GroupCommit.Told {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private final Claim claim;
  private final Kind<?, ?> kind;
  private final Handler<?, ?> handler;
  private final Crew crew;
  private final UUID worker;
  private final Batches.Batch batch;
  private final RunState state;
  private final long beganNanos = System.nanoTime();
  private final AtomicBoolean settled = new AtomicBoolean();
  private volatile long interruptedNanos;
  private volatile List<CheckpointStore.Entry> last = List.of();

  JobRun(Claim claim, Handlers.Registered registered, Crew crew, UUID worker, Batches.Batch batch) {
    this.claim = claim;
    this.kind = registered.kind();
    this.handler = registered.handler();
    this.crew = crew;
    this.worker = worker;
    this.batch = batch;
    this.state =
        new RunState(claim, kind, crew.ledger(), crew.codec(), crew.random(), crew.timeouts());
  }

  Claim claim() {
    return claim;
  }

  Batches.Batch batch() {
    return batch;
  }

  /// The run, top to bottom: every line that ends it is here.
  @Override
  public void run() {
    state.join();
    try {
      var result = call();
      state.exit();
      complete(result);
    } catch (Parked _) {
      state.exit();
      record(state.takePostponed());
      park();
    } catch (Throwable e) {
      state.exit();
      record(state.takePostponed());
      end(e);
    }
  }

  @SuppressWarnings("unchecked")
  private @Nullable String call() throws Exception {
    state.checkAlive();
    var typed = (Handler<Object, Object>) handler;
    var input = crew.codec().decode(claim.inputJson(), (Class<Object>) kind.input());
    var output = typed.run(input, new Scope(state, ""));
    state.checkAlive();
    return output == null ? null : crew.codec().encode(output);
  }

  private void complete(@Nullable String result) {
    Thread.interrupted();
    last = state.takePostponed();
    crew.recorder().complete(new CompletionStore.Completion(claim, result, last), this);
  }

  /// The job does not end as it was to. What can not be recorded now runs again, as a step that was
  /// cut short does.
  private void record(List<CheckpointStore.Entry> steps) {
    boolean interrupted = !steps.isEmpty() && Thread.interrupted();
    try {
      for (var step : steps) {
        crew.ledger().record(step);
      }
    } catch (InterruptedException _) {
      interrupted = true;
    } catch (RuntimeException e) {
      LOG.debug("a step of job {} was not recorded", claim.id(), e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The completion is recorded, or the fence had passed.
  @Override
  public void settled(boolean counts) {
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    if (counts) {
      crew.telemetry().ran(claim.queue(), claim.kind(), JobState.DONE, took());
      crew.ended(this);
    } else {
      Thread.ofVirtual().start(this::letGo);
    }
  }

  /// The completion can not be recorded.
  @Override
  public void refused(RuntimeException why) {
    var failure =
        why instanceof EngineProblem.Database database
            ? new EngineProblem.BadInput(
                "PostgreSQL does not take the result: " + database.getMessage(), database)
            : why;
    Thread.ofVirtual()
        .start(() -> {
          record(last);
          end(failure);
        });
  }

  private void park() {
    Thread.interrupted();
    settle(
        JobState.WAITING,
        () -> {
          var waits = state.waits().all();
          var entered = crew.waits().park(claim, worker, waits);
          entered.ifPresent(jobs -> {
            crew.wakes().entered(jobs);
            if (waits.until() != null) {
              crew.wakes().timer(waits.until(), false);
            }
          });
          return entered.isPresent();
        });
  }

  /// The handler threw: what it means depends on whether the run had been stopped from outside.
  private void end(Throwable failure) {
    Thread.interrupted();
    var reason = failure instanceof Stopped stopped ? stopped.reason() : state.stopped();
    switch (reason) {
      case LOST, CANCELLED -> lose();
      case HANDED_OVER -> handOver();
      case TIMED_OUT -> fail(timeout());
      case null -> fail(failure);
    }
  }

  private TransientFailure timeout() {
    return new TransientFailure(
        "ATTEMPT_TIMEOUT", "The attempt took longer than " + kind.attemptTimeout());
  }

  private void fail(Throwable failure) {
    var verdict =
        Failures.judge(
            failure,
            claim.attempt(),
            kind.retry(),
            kind.permanent(),
            crew.ledger().now(),
            crew.random());
    var error = Errors.encode(verdict.error());
    LOG.debug("job {} of kind {} failed", claim.id(), claim.kind(), failure);
    switch (verdict) {
      case Verdict.Retry retry ->
          settle(
              JobState.RETRYABLE,
              () -> {
                boolean held =
                    crew.ends()
                        .fail(claim, retry.delay(), error, worker, retry.error().errorType());
                if (held) {
                  crew.wakes().timer(crew.ledger().now().plus(retry.delay()), false);
                }
                return held;
              });
      case Verdict.GiveUp lost ->
          settle(
              JobState.DEADLETTER,
              () -> {
                var result =
                    crew.ends()
                        .giveUp(claim, error, Failures.cause(lost.error()), worker, lost.why());
                crew.settled(result);
                return !result.ended().isEmpty();
              });
    }
  }

  private void handOver() {
    settle(
        JobState.QUEUED,
        () -> {
          var held = List.of(ClaimStore.Held.of(claim));
          var back = crew.claims().handOver(worker, held, "the worker stops");
          crew.handedOver(back);
          return !back.isEmpty();
        });
  }

  private void lose() {
    if (settled.compareAndSet(false, true)) {
      letGo();
    }
  }

  /// A record was refused. The fence has passed, as a rule; if it has not, because the outcome of a
  /// commit was misjudged, the job must not stay with a worker that does not run it.
  private void letGo() {
    crew.telemetry().leaseLost(claim.kind());
    try {
      var held = List.of(ClaimStore.Held.of(claim));
      crew.handedOver(crew.claims().handOver(worker, held, "a record of it was refused"));
    } catch (EngineProblem.Database e) {
      LOG.debug("job {} could not be given back", claim.id(), e);
    } finally {
      crew.ended(this);
    }
  }

  /// A move that ends the run. Repeated while the database is away.
  private interface EndingMove {
    /// Makes it.
    ///
    /// @return false if the fence has passed
    boolean make();
  }

  private void settle(JobState to, EndingMove move) {
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    try {
      if (persist(move)) {
        crew.telemetry().ran(claim.queue(), claim.kind(), to, took());
      } else {
        crew.telemetry().leaseLost(claim.kind());
      }
    } catch (EngineProblem.Database e) {
      LOG.error("job {} of kind {} could not be moved to {}", claim.id(), claim.kind(), to, e);
      if (!GroupCommit.passing(e)) {
        giveUpUnrecordable(to, e);
      }
    } finally {
      crew.ended(this);
    }
  }

  /// The move itself carries something that PostgreSQL refuses. Without it, the job ends.
  private void giveUpUnrecordable(JobState to, EngineProblem.Database refusal) {
    var failure =
        new PermanentFailure(
            "UNRECORDABLE", "Its move to " + to.sql() + " was refused: " + refusal.getMessage());
    var error = Failures.describe(failure, claim.attempt(), true, crew.ledger().now());
    var why = "its move to " + to.sql() + " could not be recorded";
    crew.settled(
        crew.ends().giveUp(claim, Errors.encode(error), Failures.cause(error), worker, why));
  }

  private boolean persist(EndingMove move) {
    for (int tries = 1; ; tries++) {
      try {
        return move.make();
      } catch (EngineProblem.Database e) {
        if (!GroupCommit.passing(e) || crew.stopping() && tries > 5) {
          throw e;
        }
        rest(Math.min(1000, 20 << Math.min(tries, 6)));
      }
    }
  }

  private static void rest(int millis) {
    try {
      Signal.pause(Duration.ofMillis(millis));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Stops the run from outside.
  void stop(Stopped.Reason reason) {
    if (interruptedNanos == 0) {
      interruptedNanos = System.nanoTime();
    }
    state.stop(reason);
  }

  /// Something came that a branch may wait for.
  void poke() {
    state.poke();
  }

  /// Looks at the time: interrupts a run that takes too long, and takes the job from one that does
  /// not react.
  void checkTime(long nowNanos, Duration grace) {
    if (interruptedNanos == 0 && nowNanos - beganNanos > kind.attemptTimeout().toNanos()) {
      stop(Stopped.Reason.TIMED_OUT);
    } else if (state.stopped() == Stopped.Reason.TIMED_OUT
        && nowNanos - interruptedNanos > grace.toNanos()
        && !settled.get()) {
      crew.telemetry().abandoned(claim.kind());
      Thread.ofVirtual().start(() -> fail(timeout()));
    }
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }
}
