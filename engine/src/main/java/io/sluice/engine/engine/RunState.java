package io.sluice.engine.engine;

import io.sluice.engine.Codec;
import io.sluice.engine.Kind;
import io.sluice.engine.store.Claim;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What all branches of one run of a job share.
final class RunState {
  private final Claim claim;
  private final Kind<?, ?> kind;
  private final Ledger ledger;
  private final Codec codec;
  private final RandomGenerator random;
  private final Timeouts timeouts;
  private final Waits waits;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Stopped.@Nullable Reason> stopped = new AtomicReference<>();

  RunState(
      Claim claim,
      Kind<?, ?> kind,
      Ledger ledger,
      Codec codec,
      RandomGenerator random,
      Timeouts timeouts) {
    this.claim = claim;
    this.kind = kind;
    this.ledger = ledger;
    this.codec = codec;
    this.random = random;
    this.timeouts = timeouts;
    this.waits = new Waits(ledger::now);
  }

  Claim claim() {
    return claim;
  }

  Kind<?, ?> kind() {
    return kind;
  }

  Ledger ledger() {
    return ledger;
  }

  Codec codec() {
    return codec;
  }

  RandomGenerator random() {
    return random;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  Waits waits() {
    return waits;
  }

  /// The calling thread belongs to the run until [#exit].
  void join() {
    threads.add(Thread.currentThread());
    if (stopped.get() != null) {
      Thread.currentThread().interrupt();
    }
  }

  void exit() {
    threads.remove(Thread.currentThread());
  }

  /// Stops the run from outside. The first reason counts.
  void stop(Stopped.Reason reason) {
    if (stopped.compareAndSet(null, reason)) {
      waits.stop(reason);
      threads.forEach(Thread::interrupt);
    }
  }

  Stopped.@Nullable Reason stopped() {
    return stopped.get();
  }

  /// Unwinds if the run was stopped.
  void checkAlive() {
    var reason = stopped.get();
    if (reason != null) {
      throw new Stopped(reason);
    }
  }

  /// The database refused this run's fence: nothing it does counts any more.
  Stopped lost() {
    stop(Stopped.Reason.LOST);
    var reason = stopped.get();
    return new Stopped(reason == null ? Stopped.Reason.LOST : reason);
  }
}
