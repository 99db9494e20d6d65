package io.sluice.guard.model;

import io.sluice.guard.RateLimit;
import java.time.Duration;

/// How calls are reserved: some at once, so that the limit's one row is written seldom.
public final class RateRules {
  private static final Duration AHEAD = Duration.ofMillis(200);
  private static final int MOST = 200;
  private static final long MICRO = 1_000;

  private RateRules() {}

  /// The time from one call to the next, in the long run: whole microseconds, as PostgreSQL
  /// reckons.
  public static Duration interval(RateLimit limit) {
    long nanos = limit.per().dividedBy(limit.requests()).toNanos();
    return Duration.ofNanos(Math.max(1, Math.ceilDiv(nanos, MICRO)) * MICRO);
  }

  /// How far ahead of time calls may be.
  public static Duration tolerance(RateLimit limit) {
    return interval(limit).multipliedBy(limit.most());
  }

  /// How many calls to reserve: what is used up in a moment, and one at least.
  public static int batch(RateLimit limit) {
    return Math.clamp(AHEAD.toNanos() / interval(limit).toNanos(), 1, Math.min(MOST, limit.most()));
  }
}
