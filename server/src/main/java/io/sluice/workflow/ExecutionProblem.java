package io.sluice.workflow;

import io.sluice.platform.Problem;
import java.util.List;

/// What can go wrong for those who start executions or turn them.
public abstract sealed class ExecutionProblem extends Problem {
  private ExecutionProblem(Sort sort, String code, String detail) {
    super(sort, code, detail);
  }

  private ExecutionProblem(Sort sort, String code, String detail, List<Fault> faults) {
    super(sort, code, detail, faults, null);
  }

  /// There is no such execution.
  public static final class Unknown extends ExecutionProblem {
    /// Names it.
    public Unknown(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_EXECUTION", "There is no execution " + id);
    }
  }

  /// The definition has no such step.
  public static final class UnknownStep extends ExecutionProblem {
    /// Names it, and those that there are.
    public UnknownStep(String step, List<String> known) {
      super(
          Sort.NOT_FOUND,
          "UNKNOWN_STEP",
          "There is no step '" + step + "' in the definition; it has " + String.join(", ", known));
    }
  }

  /// The execution is not in a state that allows this.
  public static final class NotNow extends ExecutionProblem {
    /// Says why, and what to do.
    public NotNow(Object id, String detail) {
      super(Sort.CONFLICT, "EXECUTION_STATE", "Execution " + id + " " + detail);
    }
  }

  /// Steps were undone: going on from where it failed would leave them undone.
  public static final class Compensated extends ExecutionProblem {
    /// Names it.
    public Compensated(Object id) {
      super(
          Sort.CONFLICT,
          "EXECUTION_COMPENSATED",
          "Execution "
              + id
              + " has undone what it had done, so that it can not go on where it failed; fork it from"
              + " its first step, or execute the workflow again");
    }
  }

  /// Somebody else has answered a step that waits for a person.
  public static final class Answered extends ExecutionProblem {
    /// Names the step.
    public Answered(String step) {
      super(
          Sort.CONFLICT,
          "TASK_ANSWERED",
          "Somebody has answered step '" + step + "' already; read its output");
    }
  }

  /// What it is given breaks a schema.
  public static final class BadInput extends ExecutionProblem {
    /// Says what is wrong where.
    public BadInput(String what, List<Fault> faults) {
      super(
          Sort.INVALID, "INVALID_INPUT", what + " does not satisfy its schema; see errors", faults);
    }
  }

  /// A part of the request breaks a rule.
  public static final class BadRequest extends ExecutionProblem {
    /// Says which.
    public BadRequest(String pointer, String detail) {
      super(
          Sort.INVALID,
          "BAD_EXECUTION_REQUEST",
          "'" + pointer + "' " + detail,
          List.of(new Fault(pointer, detail)));
    }
  }

  /// What was to be done to many was not counted first, or something else was counted.
  public static final class NotConfirmed extends ExecutionProblem {
    /// Says what to do.
    public NotConfirmed() {
      super(
          Sort.INVALID,
          "BULK_NOT_CONFIRMED",
          "Ask with dryRun first, and repeat the same action and filter with the 'confirm' of its"
              + " answer");
    }
  }
}
