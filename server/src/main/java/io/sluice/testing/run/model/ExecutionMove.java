package io.sluice.testing.run.model;

import static io.sluice.testing.run.ExecutionStatus.CANCELLED;
import static io.sluice.testing.run.ExecutionStatus.COMPLETED;
import static io.sluice.testing.run.ExecutionStatus.FAILED;
import static io.sluice.testing.run.ExecutionStatus.PENDING;
import static io.sluice.testing.run.ExecutionStatus.QUEUED;
import static io.sluice.testing.run.ExecutionStatus.RUNNING;
import static io.sluice.testing.run.ExecutionStatus.TIMED_OUT;

import io.sluice.testing.run.ExecutionStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Every move that a test's execution can make, one a line; there is no other. The picture in
/// `docs/states/test-execution.md` is generated from this table.
public enum ExecutionMove {
  /// The run was scheduled.
  SCHEDULE("the run was scheduled", QUEUED, PENDING),
  /// The suite or the language leaves it out.
  SKIP("the suite or the language leaves it out", COMPLETED, PENDING),
  /// A runner takes it up.
  BEGIN("a runner takes it up", RUNNING, PENDING, QUEUED),
  /// The runner came to its end.
  COMPLETE("the runner came to its end", COMPLETED, RUNNING),
  /// The runner could not carry it out.
  FAIL("the runner could not carry it out", FAILED, RUNNING),
  /// Its time was up.
  TIME_OUT("its time was up", TIMED_OUT, RUNNING),
  /// Its job ended without a result.
  GIVE_UP("its job ended without a result", FAILED, PENDING, QUEUED, RUNNING),
  /// Somebody cancelled it.
  CANCEL("somebody cancelled it", CANCELLED, PENDING, QUEUED, RUNNING);

  private final String when;
  private final ExecutionStatus to;
  private final Set<ExecutionStatus> from;

  ExecutionMove(String when, ExecutionStatus to, ExecutionStatus... from) {
    this.when = when;
    this.to = to;
    this.from = EnumSet.copyOf(Arrays.asList(from));
  }

  /// When it is made, in words.
  public String when() {
    return when;
  }

  /// The status it leads to.
  public ExecutionStatus to() {
    return to;
  }

  /// The statuses it may leave.
  public Set<ExecutionStatus> from() {
    return EnumSet.copyOf(from);
  }

  /// The name in SQL and JSON: lower case.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The move by which a runner ends an execution.
  public static ExecutionMove ending(ExecutionStatus status) {
    return switch (status) {
      case COMPLETED -> COMPLETE;
      case FAILED -> FAIL;
      case TIMED_OUT -> TIME_OUT;
      case CANCELLED -> CANCEL;
      case PENDING, QUEUED, RUNNING ->
          throw new IllegalArgumentException("no runner ends with " + status);
    };
  }
}
