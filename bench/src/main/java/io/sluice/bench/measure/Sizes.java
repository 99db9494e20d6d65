package io.sluice.bench.measure;

import java.time.Duration;

/// How much work a round is.
///
/// @param filling finished jobs in history, or jobs held back
public record Sizes(int jobs, int pickups, int functions, int filling, Duration idleWindow) {
  /// Of 20,000 jobs: 500 pickups, 1,000 functions, a million jobs in history.
  public static Sizes thorough(int jobs) {
    return new Sizes(
        jobs, Math.max(20, jobs / 40), Math.max(10, jobs / 20), jobs * 50, Duration.ofSeconds(60));
  }

  /// Of 20,000 jobs: 100 pickups, 1,000 functions, 200,000 jobs in history.
  public static Sizes quick(int jobs) {
    return new Sizes(
        jobs, Math.max(20, jobs / 200), Math.max(10, jobs / 20), jobs * 10, Duration.ofSeconds(20));
  }
}
