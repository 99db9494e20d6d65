package io.sluice.notifications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How somebody is told.
public enum ChannelType {
  /// A webhook that takes what Slack's take.
  SLACK,
  /// By SMTP.
  EMAIL,
  /// JSON, signed as Standard Webhooks says.
  WEBHOOK;

  /// The name in SQL and JSON: lower case.
  @JsonValue
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static ChannelType of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// All names.
  public static List<String> names() {
    return Arrays.stream(values()).map(ChannelType::sql).toList();
  }
}
