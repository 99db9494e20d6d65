package io.sluice.workflow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What became of a firing.
public enum FiringOutcome {
  /// An execution was started.
  STARTED,
  /// It waits for an earlier execution to end.
  QUEUED,
  /// Nothing was to be started: the trigger is disabled, or an earlier execution still runs.
  SKIPPED,
  /// Nothing may be started: the chain of triggers is too long.
  REFUSED,
  /// The execution could not be started.
  FAILED;

  /// The name in SQL and JSON: lower case.
  @JsonValue
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// By its name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static FiringOutcome of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
