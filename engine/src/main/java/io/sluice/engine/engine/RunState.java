package io.sluice.engine.engine;

import io.sluice.engine.Codec;
import io.sluice.engine.Kind;
import io.sluice.engine.store.CheckpointStore.Entry;
import io.sluice.engine.store.Claim;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private final @Nullable Thread[] first = new Thread[1];
  private @Nullable Set<Thread> others;
  private @Nullable Waits waits;
  private @Nullable List<Entry> postponed;
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

  /// Keeps a record for the commit that ends the job.
  synchronized void postpone(Entry entry) {
    postponed = postponed == null ? new ArrayList<>(1) : postponed;
    postponed.add(entry);
  }

  /// What was kept for the end; whoever takes it records it.
  synchronized List<Entry> takePostponed() {
    var taken = postponed;
    postponed = null;
    return taken == null ? List.of() : taken;
  }

  /// Made when first asked for: most jobs never wait.
  synchronized Waits waits() {
    if (waits == null) {
      waits = new Waits(ledger::now, ledger.waitsInPlace());
      var reason = stopped.get();
      if (reason != null) {
        waits.stop(reason);
      }
    }
    return waits;
  }

  /// The calling thread belongs to the run until [#exit].
  synchronized void join() {
    if (first[0] == null) {
      first[0] = Thread.currentThread();
    } else {
      others = others == null ? new HashSet<>() : others;
      others.add(Thread.currentThread());
    }
    if (stopped.get() != null) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void exit() {
    if (first[0] == Thread.currentThread()) {
      first[0] = null;
    } else if (others != null) {
      others.remove(Thread.currentThread());
    }
  }

  /// Stops the run from outside. The first reason counts.
  synchronized void stop(Stopped.Reason reason) {
    if (stopped.compareAndSet(null, reason)) {
      if (waits != null) {
        waits.stop(reason);
      }
      if (first[0] != null) {
        first[0].interrupt();
      }
      if (others != null) {
        others.forEach(Thread::interrupt);
      }
    }
  }

  /// Something came that a branch may wait for.
  synchronized void poke() {
    if (waits != null) {
      waits.poke();
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
