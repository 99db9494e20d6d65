package io.sluice.engine;

import java.util.Locale;

/// Where a job is in its life. The moves between states are in `model/Move`.
public enum JobState {
  /// Not claimed. Ready, or held for its run time, its limit, or to run alone.
  QUEUED(false),
  /// Claimed: a worker runs it under the current fence.
  WORKING(false),
  /// Parked: it waits for a timer, a signal or its children, and holds nothing.
  WAITING(false),
  /// Failed, and waits for its backoff to run again.
  RETRYABLE(false),
  /// Ended well; the result is recorded.
  DONE(true),
  /// Ended badly: attempts used up, or an error that no retry can mend. Can be redriven.
  DEADLETTER(true),
  /// Ended by a request to cancel. Can be redriven.
  CANCELLED(true);

  private final boolean terminal;

  JobState(boolean terminal) {
    this.terminal = terminal;
  }

  /// Whether the job has ended. Only a redrive leaves such a state.
  public boolean terminal() {
    return terminal;
  }

  /// The name in SQL and in JSON: lower case.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads the SQL name.
  ///
  /// @throws IllegalArgumentException if there is no such state
  public static JobState of(String sql) {
    return valueOf(sql.toUpperCase(Locale.ROOT));
  }
}
