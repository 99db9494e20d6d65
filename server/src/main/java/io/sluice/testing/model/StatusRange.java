package io.sluice.testing.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Statuses of HTTP, from one to another.
public record StatusRange(int first, int last) {
  /// 200 to 299.
  public static final List<StatusRange> SUCCESS = List.of(new StatusRange(200, 299));

  private static final Pattern CLASS = Pattern.compile("[1-5]xx");
  private static final Pattern SPAN = Pattern.compile("[1-5]\\d\\d(-[1-5]\\d\\d)?");

  /// Reads `200`, `2xx`, `200-204`; empty if it is none, or runs backwards.
  public static Optional<StatusRange> read(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    if (CLASS.matcher(lower).matches()) {
      int first = (lower.charAt(0) - '0') * 100;
      return Optional.of(new StatusRange(first, first + 99));
    }
    if (!SPAN.matcher(lower).matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(lower.substring(0, 3));
    int last = Integer.parseInt(lower.substring(lower.length() - 3));
    return first > last ? Optional.empty() : Optional.of(new StatusRange(first, last));
  }

  /// Whether a status is among them.
  public boolean has(int status) {
    return first <= status && status <= last;
  }

  @Override
  public String toString() {
    return first == last ? "" + first : first + "-" + last;
  }
}
