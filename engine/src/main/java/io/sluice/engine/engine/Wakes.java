package io.sluice.engine.engine;

import io.sluice.engine.store.WakeStore;
import java.time.Instant;
import java.util.List;

/// What has to be woken when something has been committed: here at once, elsewhere by a
/// notification.
interface Wakes {
  /// A queue has ready jobs.
  void queue(String queue);

  /// A limit's key may have room, or has a job that waits for some.
  void admit(String key);

  /// A timer was set.
  ///
  /// @param tell whether other processes must know: it is near, and this one may not be a worker
  void timer(Instant at, boolean tell);

  /// A suspect waits for a worker that runs nothing beside it.
  void suspect();

  /// Jobs are in the queue again.
  default void entered(List<WakeStore.Entered> jobs) {
    jobs.stream().distinct().forEach(this::entered);
  }

  /// A job is in the queue again.
  default void entered(WakeStore.Entered job) {
    switch (job.hold()) {
      case null -> queue(job.queue());
      case "alone" -> suspect();
      case "limit" -> admit(java.util.Objects.requireNonNull(job.limitKey()));
      default -> timer(Instant.MIN, true);
    }
  }
}
