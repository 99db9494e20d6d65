package io.sluice.testing.model;

import java.time.LocalDate;

/// Failures that do not count for a while: somebody looks after them.
///
/// @param until the last day
public record Quarantine(String owner, LocalDate until, String reason) {
  /// Whether it still holds.
  public boolean holds(LocalDate today) {
    return !today.isAfter(until);
  }
}
