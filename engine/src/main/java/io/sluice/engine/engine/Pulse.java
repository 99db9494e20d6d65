package io.sluice.engine.engine;

import io.sluice.engine.EngineSettings;
import io.sluice.engine.store.EndStore;
import io.sluice.engine.store.ScheduleStore;
import io.sluice.engine.store.WakeStore;
import io.sluice.engine.store.WorkerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One statement every few seconds: renews the worker's lease and sees whether timers, deadlines,
/// dead workers, schedules or forgotten work need something done, which is then done by statements
/// of its own. Sleeps until the next of them is due; a busy worker wakes at a third of its lease,
/// an idle one seldom.
final class Pulse {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

  /// A job ends in deadletter at this crash; from the second on it runs alone (`entry_hold`).
  static final int MAX_CRASHES = 3;

  private static final int BATCH = 1000;
  private static final Duration LEAST = Duration.ofMillis(10);

  /// What a pulse moves.
  ///
  /// @param reborn makes a new worker id known, when this one is dead
  record Hands(
      WorkerStore workers,
      WakeStore waits,
      EndStore ends,
      ScheduleStore schedules,
      Wakes wakes,
      Consumer<EndStore.Result> settled,
      Runnable suspects,
      Runnable admitAll,
      Runnable reborn) {}

  private final EngineSettings settings;
  private final Hands hands;
  private final Crew crew;
  private final DatabaseClock clock;
  private final List<String> queues;
  private final Signal early = new Signal();
  private final Loop loop = new Loop("pulse", this::turn);
  private volatile @Nullable Instant timer;
  private Instant next = Instant.MIN;

  Pulse(EngineSettings settings, Hands hands, Crew crew, DatabaseClock clock, List<String> queues) {
    this.settings = settings;
    this.hands = hands;
    this.crew = crew;
    this.clock = clock;
    this.queues = queues;
  }

  void start() {
    loop.start();
  }

  void close() throws InterruptedException {
    loop.stop();
    loop.join();
  }

  /// Looks around at this time at the latest.
  void lookAt(Instant at) {
    synchronized (early) {
      if (timer == null || at.isBefore(timer)) {
        timer = at;
        early.raise();
      }
    }
  }

  private void turn() throws InterruptedException {
    var due = earliest(next, timer);
    var left = Duration.between(clock.instant(), due);
    if (left.isPositive() && early.await(left)) {
      return;
    }
    synchronized (early) {
      timer = null;
    }
    next = beat();
  }

  /// One beat.
  ///
  /// @return when the next is due
  private Instant beat() {
    UUID worker = crew.worker();
    var over = crew.batches().over();
    var seen = hands.workers().pulse(worker, settings.lease(), queues, over);
    crew.batches().forgotten(over);
    if (seen.isEmpty()) {
      LOG.warn("worker {} was taken for dead: it lost what it held, and starts anew", worker);
      hands.reborn().run();
      return clock.instant();
    }
    var pulse = seen.get();
    clock.sync(pulse.databaseNow());
    var now = pulse.databaseNow();
    boolean again = act(pulse, now);
    return again ? now.plus(LEAST) : next(pulse, now);
  }

  private boolean act(WorkerStore.Pulse pulse, Instant now) {
    boolean again = false;
    if (passed(pulse.timer(), now)) {
      var due = hands.waits().due(BATCH);
      hands.wakes().entered(due);
      again = due.size() == BATCH;
    }
    if (passed(pulse.deadline(), now)) {
      hands.settled().accept(hands.ends().expire());
    }
    if (passed(pulse.lease(), now)) {
      again |= rescue();
    }
    if (passed(pulse.schedule(), now)) {
      again |= hands.schedules().fire(Rhythms::plan);
    }
    if (pulse.blocked()) {
      hands.admitAll().run();
    }
    if (pulse.suspects()) {
      hands.suspects().run();
    }
    var unknown = crew.batches().unknown(pulse.batches());
    if (!unknown.isEmpty()) {
      crew.giveBackForgotten(unknown);
    }
    pulse.ready().forEach(hands.wakes()::queue);
    return again;
  }

  private boolean rescue() {
    var rescue = hands.workers().rescue(MAX_CRASHES);
    int jobs = rescue.entered().size() + rescue.result().ended().size();
    if (jobs > 0) {
      LOG.warn("rescued {} jobs of dead workers", jobs);
      settings.telemetry().rescued(jobs);
    }
    hands.wakes().entered(rescue.entered());
    hands.settled().accept(rescue.result());
    return jobs > 0;
  }

  private Instant next(WorkerStore.Pulse pulse, Instant now) {
    boolean busy = crew.busy() > 0 || !crew.batches().none();
    var regular = now.plus(busy ? settings.lease().dividedBy(3) : settings.idlePulse());
    var lease = pulse.lease() == null ? null : pulse.lease().plus(LEAST);
    var soonest =
        earliest(
            regular,
            earliest(pulse.timer(), earliest(pulse.deadline(), earliest(lease, pulse.schedule()))));
    var least = now.plus(LEAST);
    return soonest.isBefore(least) ? least : soonest;
  }

  private static boolean passed(@Nullable Instant at, Instant now) {
    return at != null && !at.isAfter(now);
  }

  @SuppressWarnings("NullAway") // null only if both are
  private static Instant earliest(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }
}
