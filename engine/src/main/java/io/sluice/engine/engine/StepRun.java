package io.sluice.engine.engine;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.StepAttempt;
import io.sluice.engine.StepFailed;
import io.sluice.engine.StepKey;
import io.sluice.engine.StepOptions;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.model.Backoff;
import io.sluice.engine.model.Failures;
import io.sluice.engine.store.CheckpointStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One step: found, or run until it is recorded.
final class StepRun {
  private final RunState run;
  private final Checkpoints checkpoints;
  private final String name;
  private final StepOptions options;

  StepRun(RunState run, Checkpoints checkpoints, String name, StepOptions options) {
    this.run = run;
    this.checkpoints = checkpoints;
    this.name = name;
    this.options = options;
  }

  <T extends @Nullable Object> T run(Class<T> type, Callable<T> body) {
    checkpoints.claimName(name);
    var found = checkpoints.find(name);
    if (found != null && !found.status().equals("retrying")) {
      return checkpoints.outcome(found, type);
    }
    int failures = found == null ? 0 : found.attempt();
    waitForBackoff(found);
    while (true) {
      var started = run.ledger().now();
      try {
        return attempt(type, body, failures + 1, started);
      } catch (Exception e) {
        failures++;
        backOff(e, failures, started);
      }
    }
  }

  private <T extends @Nullable Object> T attempt(
      Class<T> type, Callable<T> body, int attempt, Instant started) throws Exception {
    run.checkAlive();
    T value =
        StepKey.of(run.claim().id(), checkpoints.scope(), name)
            .around(() ->
                new StepAttempt(attempt)
                    .around(() -> run.timeouts().within(options.timeout(), name, body)));
    var json = checkpoints.encode(value);
    T readBack = readsBackAsItself(value) ? value : run.codec().decode(json, type);
    var entry = checkpoints.entry(name, "done", json, null, attempt, started);
    if (options.last() && !entry.stage()) {
      run.postpone(entry);
    } else {
      checkpoints.record(entry);
    }
    return readBack;
  }

  private static boolean readsBackAsItself(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean;
  }

  /// Decides what a failure of the body means; returns when it is to be tried again.
  private void backOff(Exception failure, int failures, Instant started) {
    run.checkAlive();
    if (failure instanceof StepFailed || failure instanceof EngineProblem.Misuse) {
      throw (RuntimeException) failure;
    }
    if (Failures.isPermanent(failure, run.kind().permanent())) {
      throw checkpoints.recordFailure(name, failure, failures, started);
    }
    if (options.retry().maxAttempts() == 1) {
      throw Checkpoints.<RuntimeException>sneak(failure);
    }
    if (failures >= options.retry().maxAttempts()) {
      throw checkpoints.recordFailure(name, failure, failures, started);
    }
    var due = run.ledger().now().plus(delay(failure, failures));
    var error = Failures.describe(failure, failures - 1, false, run.ledger().now());
    checkpoints.record(
        checkpoints.entry(
            name, "retrying", run.codec().encode(due), Errors.encode(error), failures, started));
    waitUntil(due);
  }

  private Duration delay(Exception failure, int failures) {
    var delay = Backoff.after(options.retry(), failures, run.random());
    if (failure instanceof TransientFailure t && t.retryAfter().isPresent()) {
      var asked = t.retryAfter().get();
      return asked.compareTo(delay) > 0 ? asked : delay;
    }
    return delay;
  }

  private void waitForBackoff(@Nullable Stored found) {
    if (found != null) {
      waitUntil(run.codec().decode(checkpoints.value(found), Instant.class));
    }
  }

  private void waitUntil(Instant due) {
    try {
      while (run.ledger().now().isBefore(due)) {
        var wait = new Waits.Wait(due, null, null, "retry of step '" + name + "'");
        run.waits().await(wait, run.waits().pokes());
      }
    } catch (InterruptedException _) {
      run.checkAlive();
      Thread.currentThread().interrupt();
      throw new EngineProblem.Misuse("a thread of the handler was interrupted by somebody else");
    }
  }
}
