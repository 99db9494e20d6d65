package io.sluice.guard;

/// What a circuit breaker does with calls.
public enum BreakerState {
  /// They pass, and are counted.
  CLOSED,
  /// They are refused until a time.
  OPEN,
  /// A few may try.
  HALF_OPEN
}
