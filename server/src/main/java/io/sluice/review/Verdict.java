package io.sluice.review;

import java.util.Locale;

/// What a reviewer says.
public enum Verdict {
  /// It is right.
  PASS,
  /// It is wrong.
  FAIL,
  /// Neither: the expectation does not cover it.
  EDGE_CASE;

  /// The name in SQL and JSON: lower case.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The verdict of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Verdict of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
