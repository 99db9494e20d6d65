package io.sluice.workflow.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import org.jspecify.annotations.Nullable;

/// Computes a value, by an expression of its own or by a stored rule.
public sealed interface DataTransform extends Config {
  /// An expression over the variables.
  record ByExpression(Expression expression) implements DataTransform {}

  /// A stored rule over one value.
  ///
  /// @param rule its name
  /// @param version null: the newest when the execution begins the step
  /// @param input what the rule's expression sees as its document
  record ByRule(String rule, @Nullable Integer version, Template input) implements DataTransform {}

  @Override
  default StepType type() {
    return StepType.DATA_TRANSFORM;
  }
}
