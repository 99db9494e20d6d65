package io.sluice.engine.postgres;

import java.time.Duration;

/// A point on the monotonic clock, which no change of the wall clock moves.
record Deadline(long nanoTime) {
  static Deadline in(Duration span) {
    return new Deadline(System.nanoTime() + span.toNanos());
  }

  boolean passed() {
    return System.nanoTime() - nanoTime >= 0;
  }
}
