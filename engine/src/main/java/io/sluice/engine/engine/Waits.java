package io.sluice.engine.engine;

import io.sluice.engine.store.WakeStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What the branches of one job's run wait for. A branch waits in its own thread as long as any
/// other runs; when the last one begins to wait, all unwind and the job is parked.
final class Waits {
  /// A wait shorter than this is not worth a park.
  static final Duration SHORT = Duration.ofMillis(20);

  /// One wait.
  ///
  /// @param until its timer; null for none
  /// @param signal that ends it; null for none
  /// @param group of children whose end ends it; null for none
  /// @param reason in words
  record Wait(
      @Nullable Instant until, @Nullable String signal, @Nullable String group, String reason) {}

  private final InstantSource clock;
  private final Duration inPlace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Wait> waiting = new ArrayList<>();
  private int running = 1;
  private int pokes;
  private boolean parked;
  private Stopped.@Nullable Reason stopped;

  /// @param inPlace waits that are shorter do not park the job
  Waits(InstantSource clock, Duration inPlace) {
    this.clock = clock;
    this.inPlace = inPlace;
  }

  /// A branch begins. Called by the thread that starts it.
  ///
  /// @return false if the job is being parked: the branch must not begin
  boolean enter() {
    lock.lock();
    try {
      if (!parked) {
        running++;
      }
      return !parked;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the job is being parked.
  boolean parked() {
    lock.lock();
    try {
      return parked;
    } finally {
      lock.unlock();
    }
  }

  /// A branch has ended, or its thread now only waits for others.
  void leave() {
    lock.lock();
    try {
      running--;
      parkIfAllWait();
    } finally {
      lock.unlock();
    }
  }

  /// The thread that waited for its branches goes on.
  void resume() {
    lock.lock();
    try {
      running++;
    } finally {
      lock.unlock();
    }
  }

  /// How often something came. Read before one looks for what one waits for, and handed to
  /// [#await], so that what comes between the two is not missed.
  int pokes() {
    lock.lock();
    try {
      return pokes;
    } finally {
      lock.unlock();
    }
  }

  /// Waits in place until the timer rings or something may have come; unwinds when the job parks.
  ///
  /// @param seen what [#pokes] said before the caller looked
  void await(Wait wait, int seen) throws InterruptedException {
    lock.lock();
    try {
      waiting.add(wait);
      running--;
      parkIfAllWait();
      while (!parked && stopped == null && pokes == seen && !rang(wait)) {
        pause(wait);
      }
      running++;
      if (stopped != null) {
        throw new Stopped(stopped);
      }
      if (parked) {
        throw new Parked();
      }
      waiting.remove(wait);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the branch here; the job runs again at that time at the latest.
  Parked park(Wait wait) {
    lock.lock();
    try {
      waiting.add(wait);
      return new Parked();
    } finally {
      lock.unlock();
    }
  }

  private void pause(Wait wait) throws InterruptedException {
    if (wait.until() == null) {
      changed.await();
    } else {
      long left = Duration.between(clock.instant(), wait.until()).toNanos();
      changed.await(Math.max(left, 1), TimeUnit.NANOSECONDS);
      parkIfAllWait();
    }
  }

  private boolean rang(Wait wait) {
    return wait.until() != null && !clock.instant().isBefore(wait.until());
  }

  private void parkIfAllWait() {
    if (running == 0 && !waiting.isEmpty() && !parked && !soon()) {
      parked = true;
      changed.signalAll();
    }
  }

  private boolean soon() {
    var edge = clock.instant().plus(inPlace);
    return waiting.stream().anyMatch(w -> w.until() != null && w.until().isBefore(edge));
  }

  /// Something came: those who wait look again.
  void poke() {
    lock.lock();
    try {
      pokes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The run is stopped from outside: those who wait unwind.
  void stop(Stopped.Reason reason) {
    lock.lock();
    try {
      if (stopped == null) {
        stopped = reason;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// All waits, for the park.
  WakeStore.Waits all() {
    lock.lock();
    try {
      var until =
          waiting.stream()
              .map(Wait::until)
              .filter(Objects::nonNull)
              .min(Comparator.naturalOrder())
              .orElse(null);
      var reasons = waiting.stream().map(Wait::reason).distinct().limit(5).toList();
      return new WakeStore.Waits(
          until,
          waiting.stream().map(Wait::signal).filter(Objects::nonNull).distinct().toList(),
          waiting.stream().map(Wait::group).filter(Objects::nonNull).distinct().toList(),
          String.join("; ", reasons));
    } finally {
      lock.unlock();
    }
  }
}
