package io.sluice.bench.measure;

import java.time.Duration;

/// How often a round is played, and how much others may use of the machine for it to count.
///
/// @param rounds clean rounds wanted
/// @param tries rounds played at most
/// @param quietPatience how long to wait for the others before a round
/// @param quietFor how long they must have been quiet
public record Rules(
    int rounds, int tries, double foreignPercentMax, Duration quietPatience, Duration quietFor) {
  /// Others must use less than this before a round begins.
  public static final double QUIET_PERCENT = 6;

  private static final double FOREIGN_PERCENT_MAX = 8;

  public static Rules thorough(int rounds) {
    return new Rules(
        rounds, rounds * 2, FOREIGN_PERCENT_MAX, Duration.ofSeconds(60), Duration.ofSeconds(2));
  }

  public static Rules quick(int rounds) {
    return new Rules(
        rounds, rounds, FOREIGN_PERCENT_MAX, Duration.ofSeconds(2), Duration.ofMillis(500));
  }

  public boolean isForeign(double percent) {
    return percent > foreignPercentMax;
  }
}
