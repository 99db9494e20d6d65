package io.sluice.guard.model;

/// What a breaker's rules say of what was counted.
public sealed interface BreakerVerdict {
  /// It stays as it is.
  record Keep(String reason) implements BreakerVerdict {}

  /// It closes.
  record Close(String reason) implements BreakerVerdict {}

  /// It opens.
  record Open(String reason) implements BreakerVerdict {}
}
