package io.sluice.engine.engine;

import io.sluice.engine.EngineSettings;
import io.sluice.engine.store.ClaimStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Takes jobs of one queue whenever there may be some and there is room for them. Sleeps until it
/// is woken: by a commit here, a notification from elsewhere, a pulse, or a slot that became free
/// while there was more to take.
final class Claimer {
  /// While a queue is drained, a claim waits this long for more slots, so that it takes many at
  /// once.
  private static final Duration GATHER = Duration.ofMillis(2);

  private final String queue;
  private final EngineSettings settings;
  private final ClaimStore claims;
  private final Crew crew;
  private final List<String> kinds;
  private final Semaphore slots;
  private final Signal work = new Signal();
  private final Gate gate;
  private final Loop loop;

  Claimer(
      String queue,
      EngineSettings settings,
      ClaimStore claims,
      Crew crew,
      List<String> kinds,
      Gate gate) {
    this.queue = queue;
    this.settings = settings;
    this.claims = claims;
    this.crew = crew;
    this.kinds = kinds;
    this.gate = gate;
    this.slots = crew.slots(queue);
    this.loop = new Loop("claimer-" + queue, this::turn);
  }

  void start() {
    work.raise();
    loop.start();
  }

  void close() throws InterruptedException {
    loop.stop();
    loop.join();
  }

  /// There may be work.
  void wake() {
    work.raise();
  }

  /// Drains the queue as far as there is room, then sleeps.
  private void turn() throws InterruptedException {
    work.await();
    try {
      while (!loop.stopping() && drainOnce()) {
        gather();
      }
    } catch (RuntimeException e) {
      work.raise();
      throw e;
    }
  }

  /// One claim.
  ///
  /// @return whether there may be more to take
  private boolean drainOnce() throws InterruptedException {
    int room = takeRoom();
    int taken = 0;
    gate.enter();
    try {
      var by = crew.batches().next(crew.worker(), settings.lease());
      var over = crew.batches().over();
      var claimed = claims.claim(by, queue, kinds, room, over);
      taken = claimed.size();
      crew.batches().forgotten(over);
      crew.start(by, claimed);
    } finally {
      gate.leave();
      slots.release(room - taken);
    }
    return taken == room;
  }

  /// Takes free slots, a batch at most; waits for one if there is none.
  private int takeRoom() throws InterruptedException {
    slots.acquire();
    int more = Math.min(slots.availablePermits(), settings.claimBatch() - 1);
    while (more > 0 && !slots.tryAcquire(more)) {
      more = Math.min(slots.availablePermits(), more - 1);
    }
    return 1 + Math.max(more, 0);
  }

  private void gather() throws InterruptedException {
    int enough = Math.max(1, Math.min(settings.claimBatch(), settings.concurrencyOf(queue)) / 2);
    if (slots.availablePermits() < enough) {
      Signal.pause(GATHER);
    }
  }
}
