package io.sluice.engine.engine;

import io.sluice.engine.EngineSettings;
import io.sluice.engine.store.ClaimStore;
import java.time.Duration;
import java.util.List;

/// Runs jobs that are suspected of killing workers: one at a time, and nothing beside it.
final class SuspectRunner {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EngineSettings settings;
  private final ClaimStore claims;
  private final Crew crew;
  private final List<String> kinds;
  private final Gate gate;
  private final Signal work = new Signal();
  private final Loop loop = new Loop("suspects", this::turn);
  private volatile boolean postponed;
  private long lastNanos = System.nanoTime();

  SuspectRunner(
      EngineSettings settings, ClaimStore claims, Crew crew, List<String> kinds, Gate gate) {
    this.settings = settings;
    this.claims = claims;
    this.crew = crew;
    this.kinds = kinds;
    this.gate = gate;
  }

  void start() {
    crew.whenIdle(this::idleNow);
    loop.start();
  }

  void close() throws InterruptedException {
    loop.stop();
    loop.join();
  }

  void wake() {
    work.raise();
  }

  /// Nothing runs here any more.
  private void idleNow() {
    if (postponed) {
      work.raise();
    }
  }

  /// Runs suspects when the worker is idle. A worker that is never idle makes room after a while:
  /// it claims nothing more until it has ended what it runs, or for so long at most.
  private void turn() throws InterruptedException {
    work.await();
    postponed = crew.busy() > 0 && System.nanoTime() - lastNanos < PATIENCE.toNanos();
    if (postponed) {
      return;
    }
    gate.close();
    try {
      while (!loop.stopping() && idle() && runOne()) {
        lastNanos = System.nanoTime();
      }
    } finally {
      lastNanos = System.nanoTime();
      gate.open();
    }
  }

  private boolean runOne() throws InterruptedException {
    var by = crew.batches().next(crew.worker(), settings.lease());
    var claimed = claims.claimAlone(by, kinds);
    claimed.forEach(claim -> crew.startAlone(by, claim));
    while (!claimed.isEmpty() && crew.busy() > 0) {
      Signal.pause(Duration.ofMillis(5));
    }
    return !claimed.isEmpty();
  }

  private boolean idle() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (crew.busy() > 0 && System.nanoTime() < end) {
      Signal.pause(Duration.ofMillis(5));
    }
    return crew.busy() == 0;
  }
}
