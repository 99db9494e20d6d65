package io.sluice.workflow.model;

import io.sluice.expression.Template;
import org.jspecify.annotations.Nullable;

/// Calls a function that this server has registered by name.
///
/// @param function its name
/// @param arguments what it is given; null: nothing
public record FunctionCall(String function, @Nullable Template arguments) implements Config {
  @Override
  public StepType type() {
    return StepType.FUNCTION_CALL;
  }
}
