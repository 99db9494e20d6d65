package io.sluice.workflow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What makes a trigger fire.
public enum TriggerType {
  /// Somebody asks for it.
  MANUAL,
  /// The clock.
  SCHEDULE,
  /// A call from outside.
  WEBHOOK,
  /// Something that was announced.
  EVENT;

  /// The name in SQL and JSON: lower case.
  @JsonValue
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// By its name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static TriggerType of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
