package io.sluice.testing.run;

import io.sluice.platform.Problem;
import java.util.List;

/// What can go wrong for those who run tests.
public abstract sealed class RunProblem extends Problem {
  private RunProblem(Sort sort, String code, String detail) {
    super(sort, code, detail);
  }

  private RunProblem(String code, Fault fault) {
    super(Sort.INVALID, code, fault.detail(), List.of(fault), null);
  }

  /// There is no such run.
  public static final class UnknownRun extends RunProblem {
    /// Names it.
    public UnknownRun(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_TEST_RUN", "There is no test run " + id);
    }
  }

  /// There is no such execution.
  public static final class UnknownExecution extends RunProblem {
    /// Names it.
    public UnknownExecution(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_EXECUTION", "There is no test execution " + id);
    }
  }

  /// There is no such validation.
  public static final class UnknownValidation extends RunProblem {
    /// Names it.
    public UnknownValidation(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_VALIDATION", "There is no validation " + id);
    }
  }

  /// There is no such artifact.
  public static final class UnknownArtifact extends RunProblem {
    /// Names it.
    public UnknownArtifact(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_ARTIFACT", "There is no artifact " + id);
    }
  }

  /// A job or a request names no run.
  public static final class MissingRun extends RunProblem {
    /// Says where.
    public MissingRun(String pointer) {
      super(
          "MISSING_TEST_RUN_ID",
          new Fault(
              pointer, "is missing: name the pending test run that the executions belong to"));
    }
  }

  /// The run is not in a state that allows this.
  public static final class NotNow extends RunProblem {
    /// Says why, and what to do.
    public NotNow(String detail) {
      super(Sort.CONFLICT, "TEST_RUN_STATE", detail);
    }
  }

  /// The case expects nothing in the language of the execution.
  public static final class NoExpectedOutcome extends RunProblem {
    /// Names the case.
    public NoExpectedOutcome(String testCase, String language) {
      super(
          Sort.CONFLICT,
          "NO_EXPECTED_OUTCOME",
          "Case '%s' expects nothing in %s; add 'expect' to that language and run it again"
              .formatted(testCase, language));
    }
  }

  /// The execution left nothing to validate.
  public static final class NothingObserved extends RunProblem {
    /// Says so.
    public NothingObserved(Object execution) {
      super(
          Sort.CONFLICT,
          "NOTHING_OBSERVED",
          "Execution " + execution + " has no response to validate: it has not come to its end");
    }
  }

  /// Too much to be run in a request.
  public static final class TooLargeInline extends RunProblem {
    /// Says how many there may be.
    public TooLargeInline(int executions, int most) {
      super(
          Sort.INVALID,
          "TOO_LARGE_INLINE",
          "%d executions are more than the %d that may run inline; schedule the run without runInline"
              .formatted(executions, most));
    }
  }

  /// Something in the request breaks a rule.
  public static final class Invalid extends RunProblem {
    /// Says where and what.
    public Invalid(String pointer, String detail) {
      super("BAD_TEST_RUN", new Fault(pointer, detail));
    }
  }

  /// A report that is to be read is none.
  public static final class BadReport extends RunProblem {
    /// Says what is wrong with it.
    public BadReport(String detail) {
      super(Sort.INVALID, "BAD_REPORT", detail);
    }
  }
}
