package io.sluice.engine.engine;

import io.sluice.engine.store.LimitStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Lets held jobs in when their limit has room: after an enqueue, after an end, when a rate allows
/// the next one, and, as the safety net, when a pulse finds held jobs.
final class Admitter {
  private final LimitStore limits;
  private final InstantSource clock;
  private final Consumer<String> ready;
  private final Set<String> keys = new HashSet<>();
  private final Map<String, Instant> later = new HashMap<>();
  private final Signal signal = new Signal();
  private final Loop loop = new Loop("admitter", this::turn);

  /// @param ready is told which queue has ready jobs
  Admitter(LimitStore limits, InstantSource clock, Consumer<String> ready) {
    this.limits = limits;
    this.clock = clock;
    this.ready = ready;
  }

  void start() {
    loop.start();
  }

  void close() throws InterruptedException {
    loop.stop();
    loop.join();
  }

  /// Looks after a key soon.
  void poke(String key) {
    synchronized (keys) {
      keys.add(key);
    }
    signal.raise();
  }

  /// Looks after every key that holds jobs.
  void sweep() {
    limits.blockedKeys().forEach(this::poke);
  }

  private void turn() throws InterruptedException {
    waitForWork();
    for (var key : due()) {
      try {
        admit(key);
      } catch (RuntimeException e) {
        poke(key);
        throw e;
      }
    }
  }

  private void waitForWork() throws InterruptedException {
    var next = later.values().stream().min(Instant::compareTo);
    if (next.isEmpty()) {
      signal.await();
      return;
    }
    var left = Duration.between(clock.instant(), next.get());
    if (left.isPositive()) {
      signal.await(left);
    }
  }

  private Set<String> due() {
    var due = new HashSet<String>();
    synchronized (keys) {
      due.addAll(keys);
      keys.clear();
    }
    var now = clock.instant();
    later.forEach((key, at) -> {
      if (!at.isAfter(now)) {
        due.add(key);
      }
    });
    due.forEach(later::remove);
    return due;
  }

  private void admit(String key) {
    var admission = limits.admit(key);
    admission.queues().forEach(ready);
    if (admission.more()) {
      poke(key);
    } else if (admission.nextAt() != null) {
      waitForRate(key, admission);
    }
  }

  /// A rate that has just let jobs in, or is still closed, has more to say when the next slot
  /// comes; once it is open and nobody came, the next enqueue pokes.
  private void waitForRate(String key, LimitStore.Admission admission) {
    var next = admission.nextAt();
    if (next != null && (admission.admitted() > 0 || next.isAfter(clock.instant()))) {
      later.put(key, next);
    }
  }
}
