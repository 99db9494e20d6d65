package io.sluice.workflow.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks data against a JSON Schema and rules. At least one of the two is there.
///
/// @param data what is checked
/// @param schema a JSON Schema, as plain JSON; null: none
/// @param rules may be empty
/// @param onInvalid what happens when an error is found; a warning alone is no error
/// @param audience who decides, if a person is to
public record Validation(
    Template data,
    @Nullable Map<String, @Nullable Object> schema,
    List<Rule> rules,
    OnInvalid onInvalid,
    Audience audience)
    implements Config {

  /// A rule.
  ///
  /// @param when whether it applies; null: always. Sees the variables and `data`
  /// @param holds `assert`: what must be true. Sees the variables and `data`
  /// @param message what to say if it is not
  public record Rule(
      @Nullable Expression when, Expression holds, Template message, Severity severity) {}

  /// How bad a broken rule is.
  public enum Severity {
    ERROR,
    WARNING
  }

  /// What follows from an error.
  public enum OnInvalid {
    /// The step fails, with code INVALID.
    FAIL,
    /// The step ends with what was found.
    CONTINUE,
    /// A person decides.
    REVIEW
  }

  @Override
  public StepType type() {
    return StepType.VALIDATION;
  }
}
