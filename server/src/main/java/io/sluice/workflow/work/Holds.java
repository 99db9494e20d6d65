package io.sluice.workflow.work;

import io.sluice.workflow.ExecutionControl;
import io.sluice.workflow.HeldExecutions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Which executions are held, as of the last second. One thread asks, the others go by what was
/// known; while steps begin, it is one small query a second and node.
final class Holds implements ExecutionControl {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Supplier<HeldExecutions> source;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Seen seen = new Seen(Instant.MIN, Map.of());

  private record Seen(Instant at, Map<UUID, String> held) {}

  Holds(Supplier<HeldExecutions> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Optional<String> heldBy(UUID execution) {
    var now = clock.instant();
    if (!now.isBefore(seen.at()) && stale(now) && lock.tryLock()) {
      try {
        if (stale(now)) {
          seen = new Seen(now, Map.copyOf(source.get().held()));
        }
      } finally {
        lock.unlock();
      }
    }
    return Optional.ofNullable(seen.held().get(execution));
  }

  @Override
  public Optional<String> stillHeldBy(UUID execution) {
    lock.lock();
    try {
      seen = new Seen(clock.instant(), Map.copyOf(source.get().held()));
    } finally {
      lock.unlock();
    }
    return Optional.ofNullable(seen.held().get(execution));
  }

  /// What was known may be wrong: whoever asks next looks.
  void lookAgain() {
    seen = new Seen(Instant.MIN, seen.held());
  }

  private boolean stale(Instant now) {
    return seen.at().equals(Instant.MIN) || Duration.between(seen.at(), now).compareTo(FRESH) >= 0;
  }
}
