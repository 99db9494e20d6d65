package io.sluice.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How often something may be called: so many a period in the long run, and so many at once.
///
/// @param requests in a period
/// @param per the period
/// @param burst how many at once after a rest; null: as many as in a period
public record RateLimit(int requests, Duration per, @Nullable Integer burst) {
  /// How many at once after a rest.
  public int most() {
    return burst == null ? requests : burst;
  }
}
