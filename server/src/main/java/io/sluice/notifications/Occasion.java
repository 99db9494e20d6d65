package io.sluice.notifications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// When somebody is told.
public enum Occasion {
  /// Validation alone has failed executions of a run: one message a run, when it has ended.
  AUTO_FAIL,
  /// A run has ended.
  RUN_FINISHED,
  /// A run has ended, and not well.
  RUN_FAILED,
  /// More waits for people than the channel allows.
  QUEUE_DEPTH,
  /// Something has waited for people longer than the channel allows.
  QUEUE_AGE,
  /// Somebody tries a channel.
  TEST;

  /// The name in SQL and JSON: lower case.
  @JsonValue
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Occasion of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// All names.
  public static List<String> names() {
    return Arrays.stream(values()).map(Occasion::sql).toList();
  }
}
