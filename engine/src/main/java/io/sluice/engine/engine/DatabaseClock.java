package io.sluice.engine.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// PostgreSQL's clock as this process knows it: its own clock, put right at each pulse. Two nodes
/// whose clocks disagree still agree on when a timer rings.
final class DatabaseClock implements InstantSource {
  private final InstantSource own;
  private volatile Duration offset = Duration.ZERO;

  DatabaseClock(InstantSource own) {
    this.own = own;
  }

  void sync(Instant database) {
    offset = Duration.between(own.instant(), database);
  }

  @Override
  public Instant instant() {
    return own.instant().plus(offset);
  }
}
