package io.sluice.engine;

import java.time.Duration;

/// How often and after how long something that failed is tried again.
///
/// The delay after failure number `n` (from 1) is `initialDelay × 2^(n-1)` (EXPONENTIAL),
/// `initialDelay × n` (LINEAR) or `initialDelay` (FIXED), never more than `maxDelay`; with full
/// jitter it is drawn evenly from zero up to that.
///
/// @param strategy how the delay grows
/// @param maxAttempts attempts in all, the first included; at least 1
/// @param initialDelay the delay after the first failure
/// @param maxDelay the cap
/// @param jitter full jitter, so that what failed together does not come back together
public record RetryPolicy(
    Strategy strategy, int maxAttempts, Duration initialDelay, Duration maxDelay, boolean jitter) {

  /// How the delay grows.
  public enum Strategy {
    /// Doubles with each failure.
    EXPONENTIAL,
    /// Grows by the initial delay with each failure.
    LINEAR,
    /// Stays the same.
    FIXED,
    /// No second attempt.
    NONE
  }

  /// Five attempts, exponential from one second to five minutes, full jitter.
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Strategy.EXPONENTIAL, 5, Duration.ofSeconds(1), Duration.ofMinutes(5), true);

  /// A single attempt.
  public static final RetryPolicy NONE =
      new RetryPolicy(Strategy.NONE, 1, Duration.ZERO, Duration.ZERO, false);

  /// Checks the numbers.
  public RetryPolicy {
    if (maxAttempts < 1 || maxAttempts > 10_000) {
      throw new IllegalArgumentException("maxAttempts must be 1 to 10000, not " + maxAttempts);
    }
    if (initialDelay.isNegative() || maxDelay.compareTo(initialDelay) < 0) {
      throw new IllegalArgumentException(
          "delays must be zero or more, and maxDelay no less than initialDelay: "
              + initialDelay
              + ", "
              + maxDelay);
    }
  }

  /// Exponential backoff with full jitter.
  public static RetryPolicy exponential(int maxAttempts, Duration initialDelay, Duration maxDelay) {
    return new RetryPolicy(Strategy.EXPONENTIAL, maxAttempts, initialDelay, maxDelay, true);
  }

  /// Linear backoff with full jitter.
  public static RetryPolicy linear(int maxAttempts, Duration initialDelay, Duration maxDelay) {
    return new RetryPolicy(Strategy.LINEAR, maxAttempts, initialDelay, maxDelay, true);
  }

  /// The same delay each time, without jitter.
  public static RetryPolicy fixed(int maxAttempts, Duration delay) {
    return new RetryPolicy(Strategy.FIXED, maxAttempts, delay, delay, false);
  }

  /// The same policy without jitter, for tests and for schedules that are promised to somebody.
  public RetryPolicy withoutJitter() {
    return new RetryPolicy(strategy, maxAttempts, initialDelay, maxDelay, false);
  }
}
