package io.sluice.guard.model;

import java.time.Duration;

/// How calls come back after a breaker closed: so many in the first second, twice as many in each
/// second after, and all of them once the waves are high.
///
/// @param first in the first second; zero or less: all at once
public record Ramp(double first) {
  private static final int WAVES = 8;

  /// How many calls may have been made by then.
  ///
  /// @param since it closed
  public double admittedBy(Duration since) {
    return over(since) ? Double.POSITIVE_INFINITY : upTo((int) Math.max(0, since.toSeconds()));
  }

  /// Whether all may come.
  public boolean over(Duration since) {
    return first <= 0 || since.toSeconds() >= WAVES;
  }

  /// When the n-th call may come, counted from zero.
  ///
  /// @return the time since it closed
  public Duration turn(long nth) {
    int wave = 0;
    while (first > 0 && wave < WAVES && upTo(wave) <= nth) {
      wave++;
    }
    return Duration.ofSeconds(wave);
  }

  private double upTo(int wave) {
    return first * ((1L << (wave + 1)) - 1);
  }
}
