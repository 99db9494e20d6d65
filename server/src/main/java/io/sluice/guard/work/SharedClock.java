package io.sluice.guard.work;

import java.time.Instant;
import java.time.InstantSource;

/// The database's time, as this node reckons it between two answers of the database. By it all
/// nodes agree when a breaker's wait is over.
final class SharedClock {
  private volatile Reading last;

  private record Reading(Instant at, long nanos) {}

  /// @param own until the database has told its time
  SharedClock(InstantSource own) {
    this.last = new Reading(own.instant(), System.nanoTime());
  }

  /// Takes a time that the database has just told.
  void told(Instant time) {
    last = new Reading(time, System.nanoTime());
  }

  /// Now.
  Instant instant() {
    var reading = last;
    return reading.at().plusNanos(System.nanoTime() - reading.nanos());
  }
}
