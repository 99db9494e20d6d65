package io.sluice.engine;

/// What can go wrong in a call to the engine, as opposed to in a job.
public abstract sealed class EngineProblem extends RuntimeException {
  private final String code;
  private final boolean retryable;

  private EngineProblem(String code, boolean retryable, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryable = retryable;
  }

  private EngineProblem(String code, String message) {
    super(message);
    this.code = code;
    this.retryable = false;
  }

  /// Stable, for programs.
  public String code() {
    return code;
  }

  /// Whether the same call may work later.
  public boolean retryable() {
    return retryable;
  }

  /// There is no such job.
  public static final class UnknownJob extends EngineProblem {
    /// Names the job.
    public UnknownJob(JobId job) {
      super("UNKNOWN_JOB", "There is no job " + job);
    }
  }

  /// The input, result or signal can not be written or read, or is too large.
  public static final class BadInput extends EngineProblem {
    /// Says what is wrong with it.
    public BadInput(String message) {
      super("BAD_INPUT", message);
    }

    /// Says what is wrong with it.
    public BadInput(String message, Throwable cause) {
      super("BAD_INPUT", false, message, cause);
    }
  }

  /// PostgreSQL can not be reached, or refused a statement.
  public static final class Database extends EngineProblem {
    /// Says what the statement was to do.
    public Database(String doing, java.sql.SQLException cause) {
      super(
          "DATABASE",
          true,
          "The database failed while " + doing + ": " + cause.getMessage(),
          cause);
    }
  }

  /// The schema is older or newer than this program.
  public static final class WrongSchema extends EngineProblem {
    /// Says what to do.
    public WrongSchema(String message) {
      super("WRONG_SCHEMA", message);
    }
  }

  /// A handler used the engine in a way that can not work.
  public static final class Misuse extends EngineProblem {
    /// Says what to do instead.
    public Misuse(String message) {
      super("MISUSE", message);
    }
  }
}
