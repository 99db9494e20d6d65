package io.sluice.workflow.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// HTTP statuses from one to another, both included.
public record StatusRange(int from, int to) {
  /// 200 to 299.
  public static final List<StatusRange> SUCCESS = List.of(new StatusRange(200, 299));

  private static final Pattern RANGE = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");
  private static final Pattern CLASS = Pattern.compile("([1-5])xx");

  /// Reads `200`, `2xx` or `200-299`.
  ///
  /// @return empty if it is none of them, or runs backwards
  public static Optional<StatusRange> read(String text) {
    var hundred = CLASS.matcher(text);
    if (hundred.matches()) {
      int from = Integer.parseInt(hundred.group(1)) * 100;
      return Optional.of(new StatusRange(from, from + 99));
    }
    var range = RANGE.matcher(text);
    if (!range.matches()) {
      return Optional.empty();
    }
    int from = Integer.parseInt(range.group(1));
    int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
    return from <= to ? Optional.of(new StatusRange(from, to)) : Optional.empty();
  }

  /// Whether a status is in it.
  public boolean contains(int status) {
    return from <= status && status <= to;
  }
}
