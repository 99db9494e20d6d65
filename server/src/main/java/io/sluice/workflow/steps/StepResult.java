package io.sluice.workflow.steps;

import org.jspecify.annotations.Nullable;

/// What an attempt that ended well gives.
///
/// @param output as the type says
/// @param input its config as resolved, for people; null: nothing worth showing
public record StepResult(@Nullable Object output, @Nullable Object input) {
  /// Only an output.
  public static StepResult of(@Nullable Object output) {
    return new StepResult(output, null);
  }
}
