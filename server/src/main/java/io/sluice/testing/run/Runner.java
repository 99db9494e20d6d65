package io.sluice.testing.run;

import io.sluice.testing.CaseType;
import io.sluice.validation.Observation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries out cases of one type. Thread-safe; runs on the thread of the job, which is interrupted
/// when the execution is cancelled or its time is up.
public interface Runner {
  /// The type of its cases.
  CaseType type();

  /// Makes one attempt. May run again for the same attempt, if the process died.
  ///
  /// @return what came of it, failures of the case included
  /// @throws CaseError if the case can not be carried out
  /// @throws io.sluice.guard.NotNow if a service may not be called now: the attempt is made again
  ///   later, from its beginning
  Result run(ExecutionPlan plan, Trace trace) throws Exception;

  /// Whether another attempt is worth it after a failure.
  default boolean repeats() {
    return true;
  }

  /// How many steps an attempt will take, as far as one can tell beforehand.
  default int estimate(ExecutionPlan plan) {
    return Math.max(plan.steps().size(), 1);
  }

  /// What came of an attempt.
  ///
  /// @param outcome `PASSED`, `FAILED` or `SKIPPED`
  /// @param error why it failed, in a sentence
  /// @param detail more of it
  /// @param result what is kept, as plain JSON
  /// @param vars what was extracted, for expectations to read
  /// @param observed what validation looks at; null: there is nothing to validate
  record Result(
      Outcome outcome,
      @Nullable String error,
      @Nullable String detail,
      Map<String, @Nullable Object> result,
      Map<String, @Nullable Object> vars,
      @Nullable Observation observed) {
    /// It went as the steps expect.
    ///
    /// @param observed null: nothing is left to validate
    public static Result passed(
        Map<String, @Nullable Object> result,
        Map<String, @Nullable Object> vars,
        @Nullable Observation observed) {
      return new Result(Outcome.PASSED, null, null, result, vars, observed);
    }

    /// It was not tried.
    public static Result skipped(String why) {
      return new Result(Outcome.SKIPPED, why, null, Map.of(), Map.of(), null);
    }

    /// It did not.
    public static Result failed(
        String error, @Nullable String detail, Map<String, @Nullable Object> result) {
      return new Result(Outcome.FAILED, error, detail, result, Map.of(), null);
    }
  }

  /// The case can not be carried out.
  final class CaseError extends RuntimeException {
    private final String code;
    private final @Nullable String detail;

    /// Says why.
    ///
    /// @param code stable, for programs
    /// @param message in a sentence, with what to do
    /// @param detail more of it; no secrets
    public CaseError(String code, String message, @Nullable String detail) {
      super(message);
      this.code = code;
      this.detail = detail;
    }

    /// The stable code.
    public String code() {
      return code;
    }

    /// More of it.
    public @Nullable String detail() {
      return detail;
    }
  }
}
