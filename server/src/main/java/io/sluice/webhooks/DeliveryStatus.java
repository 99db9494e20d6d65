package io.sluice.webhooks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Where a delivery is.
public enum DeliveryStatus {
  /// Not yet ended: to be sent, or to be tried again.
  PENDING,
  /// The receiver said 2xx.
  DELIVERED,
  /// All attempts failed, or the receiver said 410.
  FAILED,
  /// The webhook was disabled, or the delivery's job cancelled, before it was delivered.
  DISCARDED;

  /// The name in SQL and JSON.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All names.
  public static List<String> names() {
    return Arrays.stream(values()).map(DeliveryStatus::sql).toList();
  }

  /// By its name.
  public static DeliveryStatus of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
