package io.sluice.workflow.model;

import io.sluice.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What follows from a step's failure, when its attempts are used up.
public sealed interface OnError {
  /// The execution fails.
  OnError FAIL = new Fail();

  /// The execution fails.
  record Fail() implements OnError {}

  /// The execution goes on as if the step had ended well.
  ///
  /// @param output what the step gives then, seeing `error`; null: null
  record Continue(@Nullable Template output) implements OnError {}

  /// Steps run in its place, seeing `error`; if they end well, the execution goes on.
  ///
  /// @param steps never empty
  /// @param output what the step gives then; null: the output of the last of them
  record Handle(List<Step> steps, @Nullable Template output) implements OnError {}
}
