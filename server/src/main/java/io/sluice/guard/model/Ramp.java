package io.sluice.guard.model;

import java.time.Duration;

/// How calls come back after a breaker closed: so many in the first second, twice as many in each
/// second after, and all of them once the waves are high.
///
/// @param first in the first second; zero or less: all at once
public record Ramp(double first) {
  /// Then whoever comes is let in: the last wave is more than a hundred times the first.
  private static final int WAVES = 8;

  /// Those that were told when to come keep to their waves for longer, so that a great many do not
  /// all come when the ramp is over.
  private static final int TOLD_WAVES = 20;

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
    while (first > 0 && wave < TOLD_WAVES && upTo(wave) <= nth) {
      wave++;
    }
    return Duration.ofSeconds(wave);
  }

  private double upTo(int wave) {
    return first * ((1L << (wave + 1)) - 1);
  }
}
