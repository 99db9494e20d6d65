package io.sluice.testing.run;

import java.util.Locale;

/// What came of an execution.
public enum Outcome {
  /// As expected.
  PASSED,
  /// Otherwise than expected.
  FAILED,
  /// It could not be found out.
  ERROR,
  /// It was not tried, or does not count.
  SKIPPED,
  /// As expected, but only after an attempt that was not.
  FLAKY;

  /// Whether it is as expected.
  public boolean good() {
    return this == PASSED || this == FLAKY || this == SKIPPED;
  }

  /// The name in SQL and JSON: lower case.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The outcome of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Outcome of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
