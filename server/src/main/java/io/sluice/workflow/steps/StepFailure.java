package io.sluice.workflow.steps;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An attempt of a step failed, and this is what is known about it. The codes of all types are in
/// `docs/problems.md`.
public final class StepFailure extends RuntimeException {
  private final String code;
  private final boolean passing;
  private final transient @Nullable Details details;

  /// What a retry's condition may look at.
  ///
  /// @param status of an HTTP answer
  /// @param body of an HTTP answer, parsed where it is JSON
  /// @param retryAfter what the other side asked for
  public record Details(
      @Nullable Integer status, @Nullable Object body, @Nullable Duration retryAfter) {}

  private StepFailure(
      String code,
      String message,
      boolean passing,
      @Nullable Details details,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.passing = passing;
    this.details = details;
  }

  /// No attempt will help, unless the step's retry policy says otherwise.
  public static StepFailure lasting(String code, String message) {
    return new StepFailure(code, message, false, null, null);
  }

  /// As above, with the cause for the log.
  public static StepFailure lasting(String code, String message, Throwable cause) {
    return new StepFailure(code, message, false, null, cause);
  }

  /// Another attempt may help.
  public static StepFailure passing(String code, String message, @Nullable Throwable cause) {
    return new StepFailure(code, message, true, null, cause);
  }

  /// With what an answer said.
  public static StepFailure answered(
      String code, String message, boolean passing, Details details) {
    return new StepFailure(code, message, passing, details, null);
  }

  /// Stable, for programs.
  public String code() {
    return code;
  }

  /// For people.
  public String message() {
    return String.valueOf(getMessage());
  }

  /// Whether another attempt may help.
  public boolean passes() {
    return passing;
  }

  /// What is known beside.
  public Details details() {
    return details == null ? new Details(null, null, null) : details;
  }
}
