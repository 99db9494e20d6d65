package io.sluice.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A limit that holds on all nodes together, for each of its keys.
///
/// @param name the rule's name; a job's key is the name, or `name:value`
/// @param maxRunning how many jobs of one key may be ready or working at once; null: any number
/// @param rate how many jobs of one key may become ready within `period`; null: any number
/// @param period see `rate`; null without one
public record LimitRule(
    String name, @Nullable Integer maxRunning, @Nullable Integer rate, @Nullable Duration period) {
  /// Checks the numbers.
  public LimitRule {
    if (maxRunning == null && rate == null) {
      throw new IllegalArgumentException("limit '" + name + "' limits nothing");
    }
    if ((rate == null) != (period == null)) {
      throw new IllegalArgumentException("limit '" + name + "': a rate needs a period");
    }
    if ((maxRunning != null && maxRunning < 1)
        || (rate != null && rate < 1)
        || (period != null && (period.isNegative() || period.isZero()))) {
      throw new IllegalArgumentException("limit '" + name + "': numbers must be above zero");
    }
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a limit's name is not empty and has no colon: " + name);
    }
  }

  /// At most so many at once.
  public static LimitRule concurrency(String name, int maxRunning) {
    return new LimitRule(name, maxRunning, null, null);
  }

  /// At most so many in a time.
  public static LimitRule rate(String name, int rate, Duration period) {
    return new LimitRule(name, null, rate, period);
  }
}
