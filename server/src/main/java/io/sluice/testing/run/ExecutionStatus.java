package io.sluice.testing.run;

import java.util.Locale;

/// How far an execution is.
public enum ExecutionStatus {
  /// It is made, and nobody is to run it yet.
  PENDING,
  /// Its job waits for a worker.
  QUEUED,
  /// A runner is at it.
  RUNNING,
  /// The runner came to its end; the outcome says with what.
  COMPLETED,
  /// The runner could not carry it out.
  FAILED,
  /// Somebody stopped it.
  CANCELLED,
  /// It took longer than it may.
  TIMED_OUT;

  /// Whether it changes no more.
  public boolean ended() {
    return this != PENDING && this != QUEUED && this != RUNNING;
  }

  /// The name in SQL and JSON: lower case.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The status of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static ExecutionStatus of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
