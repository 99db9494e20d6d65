package io.sluice.workflow.model.watching;

import io.sluice.workflow.ExecutionView.Failure;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepOutcome.Begun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a step has left behind.
///
/// @param outcome of a step that has ended and was recorded; null if it has not, or failed for good
/// @param begun that it has begun, of those that say so
/// @param attempt of the step, from 1; 0: none was recorded
/// @param startedAt when it, or its last attempt, began
/// @param finishedAt when it was recorded; null while it is tried again
/// @param dueAt when it is tried again
/// @param failure how it last failed, unless it was handled
public record Trace(
    @Nullable StepOutcome outcome,
    @Nullable Begun begun,
    int attempt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant dueAt,
    @Nullable Failure failure) {
  /// Of a step that has recorded nothing.
  public static final Trace NONE = new Trace(null, null, 0, null, null, null, null);

  /// Whether it is recorded that the step has ended, well or not.
  public boolean ended() {
    return outcome != null || finishedAt != null;
  }

  /// As one that has begun.
  public Trace with(Begun value, Instant at) {
    return new Trace(
        outcome, value, attempt, startedAt == null ? at : startedAt, finishedAt, dueAt, failure);
  }
}
