package io.sluice.guard.model;

import java.util.Locale;

/// How a call went, for the breaker.
public enum CallOutcome {
  /// Well.
  OK,
  /// It failed.
  FAILED,
  /// Well, but slowly.
  SLOW;

  /// The name in SQL.
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }
}
