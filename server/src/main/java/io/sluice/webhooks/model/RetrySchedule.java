package io.sluice.webhooks.model;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// When a delivery is tried.
///
/// @param delays the time before each attempt, the first included
public record RetrySchedule(List<Duration> delays) {
  /// What is added at most, so that what failed together does not come back together.
  private static final double JITTER = 0.1;

  /// Refuses an empty one.
  public RetrySchedule {
    if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("a schedule has one attempt at least, and no time before");
    }
    delays = List.copyOf(delays);
  }

  /// How many attempts.
  public int attempts() {
    return delays.size();
  }

  /// Whether there is one after this.
  ///
  /// @param attempt from 1
  public boolean hasAfter(int attempt) {
    return attempt < delays.size();
  }

  /// The time to wait after an attempt. The jitter is drawn from the delivery's id: the same
  /// wherever it is asked for, another for each delivery.
  ///
  /// @param attempt from 1; not the last
  public Duration after(int attempt, UUID delivery) {
    var delay = delays.get(attempt);
    var chance = new SplittableRandom(delivery.getLeastSignificantBits() ^ attempt * 0x9E37L);
    return delay.plusNanos((long) (delay.toNanos() * JITTER * chance.nextDouble()));
  }

  /// The longest time between two attempts.
  public Duration longest() {
    return delays.stream().max(Duration::compareTo).orElseThrow();
  }
}
