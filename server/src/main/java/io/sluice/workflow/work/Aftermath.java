package io.sluice.workflow.work;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.StepFailed;
import io.sluice.workflow.StepOutcome.StepError;
import io.sluice.workflow.model.Step;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What follows when a block has failed for good: what had completed is undone, in reverse order of
/// completion, then the failure is handled. All of it is steps, recorded as others are.
///
/// A failure here is recorded with its step and keeps nothing else from being undone.
final class Aftermath {
  private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

  private final Machinery machinery;
  private final Blocks blocks;

  Aftermath(Machinery machinery, Blocks blocks) {
    this.machinery = machinery;
    this.blocks = blocks;
  }

  /// What was found when the block failed: recorded, so that later runs undo the same in the same
  /// order.
  ///
  /// @param failedAt tells one failure from another, after the job was sent round again
  /// @param undo ids of steps, in the order in which they are undone
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Found(StepError error, Instant failedAt, List<String> undo) {}

  /// Runs a block, and what follows from its failure.
  ///
  /// @param handlers steps that run when it has failed
  /// @throws PermanentFailure the block's, when all has been done that follows from it
  @Nullable Object guard(Run run, List<Step> handlers, Callable<@Nullable Object> body) {
    try {
      return body.call();
    } catch (PermanentFailure e) {
      follow(run, handlers, e);
      throw e;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("blocks throw nothing checked", e);
    }
  }

  private void follow(Run run, List<Step> handlers, PermanentFailure failure) {
    if (handlers.isEmpty() && run.completed().isEmpty()) {
      return;
    }
    int round = 1;
    Found found = found(run, failure, round);
    while (!found.failedAt().equals(failedAt(run, failure))) {
      found = found(run, failure, ++round);
    }
    var suffix = round == 1 ? "" : "@" + round;
    var seen = run.variables().with("error", Outcomes.document(found.error()));
    for (var id : found.undo()) {
      var step = run.plan().step(id).orElseThrow();
      quietly(run.after(seen, suffix), step.compensate());
    }
    quietly(run.after(seen, suffix), handlers);
  }

  private Found found(Run run, PermanentFailure failure, int round) {
    return run.job()
        .step(
            round == 1 ? "#failed" : "#failed@" + round,
            Found.class,
            () -> new Found(error(failure), failedAt(run, failure), undo(run)));
  }

  private static List<String> undo(Run run) {
    return run.completed().stream()
        .sorted(Comparator.comparing(Run.Completed::at))
        .map(c -> c.step().id())
        .toList()
        .reversed();
  }

  private static StepError error(PermanentFailure failure) {
    return failure instanceof StepFailed failed
        ? new StepError(failed.step(), failed.error().errorType(), failed.error().message())
        : new StepError("", failure.code(), String.valueOf(failure.getMessage()));
  }

  private static Instant failedAt(Run run, PermanentFailure failure) {
    return failure instanceof StepFailed failed
        ? failed.error().timestamp()
        : run.input().startedAt();
  }

  private void quietly(Run after, List<Step> steps) {
    try {
      blocks.run(after, steps);
    } catch (PermanentFailure e) {
      LOG.warn(
          "execution {}: what follows from its failure failed: {}",
          after.execution(),
          machinery.secrets().redact(String.valueOf(e.getMessage())));
    }
  }
}
