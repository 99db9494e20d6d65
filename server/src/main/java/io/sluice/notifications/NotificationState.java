package io.sluice.notifications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Where a notification is.
public enum NotificationState {
  /// To be sent, or to be tried again.
  PENDING,
  /// The receiver took it.
  SENT,
  /// All attempts failed, or it was refused for good.
  FAILED,
  /// Its channel was disabled before.
  DISCARDED;

  /// The name in SQL and JSON: lower case.
  @JsonValue
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static NotificationState of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// All names.
  public static List<String> names() {
    return Arrays.stream(values()).map(NotificationState::sql).toList();
  }
}
