package io.sluice.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How an execution is. Read from its job, in every case.
public enum ExecutionStatus {
  /// Its time has not come.
  PENDING,
  /// It waits for a worker.
  QUEUED,
  /// A worker has it.
  RUNNING,
  /// It waits for a time, a signal, a child, a person or its next attempt.
  WAITING,
  /// It ended well.
  COMPLETED,
  /// It failed for good.
  FAILED,
  /// Somebody cancelled it.
  CANCELLED,
  /// Its time was over.
  TIMED_OUT;

  /// The name in SQL and JSON: lower case.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads a name.
  public static Optional<ExecutionStatus> of(String name) {
    return Arrays.stream(values()).filter(s -> s.sql().equals(name)).findFirst();
  }

  /// All names.
  public static List<String> names() {
    return Arrays.stream(values()).map(ExecutionStatus::sql).toList();
  }

  /// Whether it has ended.
  public boolean ended() {
    return switch (this) {
      case PENDING, QUEUED, RUNNING, WAITING -> false;
      case COMPLETED, FAILED, CANCELLED, TIMED_OUT -> true;
    };
  }
}
