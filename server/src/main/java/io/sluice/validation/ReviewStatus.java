package io.sluice.validation;

import java.util.Locale;

/// What a confidence means.
public enum ReviewStatus {
  /// Clearly right: nobody has to look.
  AUTO_PASS,
  /// Not clear: a person decides.
  NEEDS_REVIEW,
  /// Very likely wrong: a person should look at it first.
  AUTO_FAIL;

  /// The name in SQL and JSON: lower case.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The status of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static ReviewStatus of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
