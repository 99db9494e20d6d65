package io.sluice.bench.subject;

/// A subject that can hold against an expectation what came out of an execution.
public interface WithValidations {
  /// Carries out as many executions whose result can be validated. Called outside the clock.
  void prepareValidations(int validations) throws Exception;

  /// Validates each, and returns when that is stored. A worker has been started for `STEPS`.
  void validate(int validations) throws Exception;
}
