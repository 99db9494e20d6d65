package io.sluice.engine.engine;

import io.sluice.engine.store.ClaimStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What this worker took, claim by claim. The database keeps the same books, so that the jobs of a
/// dead worker are found; a batch of which nothing is left is struck there when the worker claims
/// or pulses the next time.
final class Batches {
  private final AtomicLong last = new AtomicLong();
  private final Set<Long> known = ConcurrentHashMap.newKeySet();
  private final Set<Long> over = ConcurrentHashMap.newKeySet();

  /// The jobs of one claim that have not ended.
  static final class Batch {
    private final long number;
    private final AtomicInteger left;

    private Batch(long number, int jobs) {
      this.number = number;
      this.left = new AtomicInteger(jobs);
    }
  }

  /// A claim is going to be made.
  ClaimStore.Claimant next(UUID worker, Duration lease) {
    return new ClaimStore.Claimant(worker, lease, last.incrementAndGet());
  }

  /// A claim was answered.
  Batch open(ClaimStore.Claimant by, int jobs) {
    known.add(by.batch());
    return new Batch(by.batch(), jobs);
  }

  /// A job of a batch is over.
  void ended(Batch batch) {
    if (batch.left.decrementAndGet() == 0) {
      over.add(batch.number);
    }
  }

  /// Batches that the database may forget.
  List<Long> over() {
    return over.isEmpty() ? List.of() : List.copyOf(over);
  }

  /// The database has forgotten them.
  void forgotten(List<Long> batches) {
    batches.forEach(over::remove);
    batches.forEach(known::remove);
  }

  /// Those of which no answer has come, or not yet.
  List<Long> unknown(Collection<Long> stored) {
    return stored.stream().filter(number -> !known.contains(number)).toList();
  }

  /// Whether the database has nothing to forget.
  boolean none() {
    return known.isEmpty();
  }
}
