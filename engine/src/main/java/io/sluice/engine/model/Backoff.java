package io.sluice.engine.model;

import io.sluice.engine.RetryPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after a failure. See [RetryPolicy] for the formula.
public final class Backoff {
  private Backoff() {}

  /// The delay after the `failures`-th failure.
  ///
  /// @param failures from 1
  /// @param random draws the jitter
  public static Duration after(RetryPolicy policy, int failures, RandomGenerator random) {
    var ceiling = ceiling(policy, failures);
    if (!policy.jitter() || ceiling.isZero()) {
      return ceiling;
    }
    return Duration.ofNanos((long) (random.nextDouble() * ceiling.toNanos()));
  }

  /// The longest delay after the `failures`-th failure: what jitter draws from.
  public static Duration ceiling(RetryPolicy policy, int failures) {
    long initial = policy.initialDelay().toNanos();
    double grown =
        switch (policy.strategy()) {
          case EXPONENTIAL -> initial * Math.pow(2, failures - 1.0);
          case LINEAR -> (double) initial * failures;
          case FIXED -> initial;
          case NONE -> 0;
        };
    return Duration.ofNanos((long) Math.min(grown, policy.maxDelay().toNanos()));
  }
}
