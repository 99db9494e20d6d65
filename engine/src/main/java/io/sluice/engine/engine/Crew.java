package io.sluice.engine.engine;

import io.sluice.engine.Codec;
import io.sluice.engine.EngineSettings;
import io.sluice.engine.JobId;
import io.sluice.engine.Telemetry;
import io.sluice.engine.store.Claim;
import io.sluice.engine.store.ClaimStore;
import io.sluice.engine.store.Db;
import io.sluice.engine.store.EndStore;
import io.sluice.engine.store.WakeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The jobs that this worker holds, and what their runs need.
final class Crew {
  private static final int FEW = 16;

  private final EngineSettings settings;
  private final Handlers handlers;
  private final Ledger ledger;
  private final Recorder recorder;
  private final ClaimStore claims;
  private final EndStore ends;
  private final WakeStore waits;
  private final Wakes wakes;
  private final Consumer<EndStore.Result> settled;
  private final Timeouts timeouts = new Timeouts();
  private final Batches batches = new Batches();
  private final Map<JobId, JobRun> runs = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> slots = new ConcurrentHashMap<>();
  private volatile UUID worker;
  private volatile boolean stopping;
  private volatile @Nullable JobId alone;
  private volatile Runnable idle = () -> {};

  Crew(
      EngineSettings settings,
      Handlers handlers,
      Db db,
      Ledger ledger,
      Recorder recorder,
      Wakes wakes,
      Consumer<EndStore.Result> settled,
      UUID worker) {
    this.settings = settings;
    this.handlers = handlers;
    this.ledger = ledger;
    this.recorder = recorder;
    this.claims = new ClaimStore(db);
    this.ends = new EndStore(db);
    this.waits = new WakeStore(db);
    this.wakes = wakes;
    this.settled = settled;
    this.worker = worker;
  }

  UUID worker() {
    return worker;
  }

  /// The free places of a queue: how many more of its jobs may run here.
  Semaphore slots(String queue) {
    return slots.computeIfAbsent(queue, q -> new Semaphore(settings.concurrencyOf(q)));
  }

  /// Runs claimed jobs, each on a virtual thread. Their slots have been taken.
  void start(ClaimStore.Claimant by, List<Claim> claimed) {
    if (claimed.isEmpty()) {
      return;
    }
    var batch = batches.open(by, claimed.size());
    if (runs.isEmpty()) {
      // The claim has renewed the lease; from now on it is renewed in time.
      wakes.timer(ledger.now().plus(settings.lease().dividedBy(3)), false);
    }
    var begun = new ArrayList<JobRun>(claimed.size());
    for (var claim : claimed) {
      var registered = handlers.of(claim.kind());
      var run = new JobRun(claim, registered, this, by.worker(), batch);
      runs.put(claim.id(), run);
      settings
          .telemetry()
          .claimed(claim.queue(), claim.kind(), Duration.ofMillis(claim.waitedMillis()));
      if (!by.worker().equals(worker)) {
        run.stop(Stopped.Reason.LOST);
      }
      begun.add(run);
    }
    if (begun.size() <= FEW) {
      begun.forEach(Crew::begin);
    } else {
      // From inside of the scheduler, so that the claimer need not wait for it.
      Thread.ofVirtual().name("starter").start(() -> begun.forEach(Crew::begin));
    }
  }

  private static void begin(JobRun run) {
    Thread.ofVirtual().name(run.claim().kind()).start(run);
  }

  /// Runs a suspect, and nothing beside it. It takes no slot: those who wait at the gate hold all.
  void startAlone(ClaimStore.Claimant by, Claim claim) {
    alone = claim.id();
    start(by, List.of(claim));
  }

  /// Says whom to tell when nothing runs here.
  void whenIdle(Runnable action) {
    idle = action;
  }

  /// A run has ended: its place is free, and its limit has room.
  void ended(JobRun run) {
    var claim = run.claim();
    runs.remove(claim.id(), run);
    batches.ended(run.batch());
    if (claim.id().equals(alone)) {
      alone = null;
    } else {
      slots(claim.queue()).release();
    }
    if (runs.isEmpty()) {
      idle.run();
    }
    if (claim.limitKey() != null) {
      wakes.admit(claim.limitKey());
    }
  }

  /// Tells what the end of jobs meant to others.
  void settled(EndStore.Result result) {
    settled.accept(result);
  }

  void handedOver(List<ClaimStore.Entered> back) {
    for (var entered : back) {
      if (entered.limitKey() == null) {
        wakes.queue(entered.queue());
      } else {
        wakes.admit(entered.limitKey());
      }
    }
  }

  /// Gives back what the database says this worker holds, and what does not run here: the answer to
  /// a claim was lost, because the connection broke after the commit. A claim whose answer is on
  /// its way is younger than a lease.
  ///
  /// @param unknown batches of which no answer came
  void giveBackForgotten(List<Long> unknown) {
    var forgotten =
        claims.held(worker, unknown, settings.lease()).stream()
            .filter(held -> !runs.containsKey(new JobId(held.id())))
            .toList();
    if (!forgotten.isEmpty()) {
      handedOver(claims.handOver(worker, forgotten, "its worker does not run it"));
    }
    claims.forget(worker, unknown, settings.lease());
  }

  /// Something came for a job that may be running here.
  void poke(JobId job) {
    var run = runs.get(job);
    if (run != null) {
      run.poke();
    }
  }

  /// A job has ended otherwise. What is told may be late: a run that began after that end, because
  /// the job was sent round again, goes on.
  ///
  /// @param fence of the end
  void cancelled(JobId job, int fence) {
    var run = runs.get(job);
    if (run != null && run.claim().fence() < fence) {
      run.stop(Stopped.Reason.CANCELLED);
    }
  }

  /// The worker turned out to be dead: all it held is lost, and it goes on under a new id.
  void reborn(UUID id) {
    worker = id;
    List.copyOf(runs.values()).forEach(run -> run.stop(Stopped.Reason.LOST));
  }

  /// Interrupts runs that take too long.
  void checkTimes() {
    long now = System.nanoTime();
    runs.values().forEach(run -> run.checkTime(now, settings.grace()));
  }

  Batches batches() {
    return batches;
  }

  int busy() {
    return runs.size();
  }

  /// Stops all runs, and hands over what does not end in time.
  void stopAll(Duration patience) throws InterruptedException {
    awaitEmpty(patience);
    stopping = true;
    List.copyOf(runs.values()).forEach(run -> run.stop(Stopped.Reason.HANDED_OVER));
    awaitEmpty(settings.grace());
    var left = new ArrayList<>(runs.values());
    if (!left.isEmpty()) {
      var held = left.stream().map(run -> ClaimStore.Held.of(run.claim())).toList();
      handedOver(claims.handOver(worker, held, "the worker stops"));
      runs.clear();
    }
  }

  private void awaitEmpty(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!runs.isEmpty() && System.nanoTime() < end) {
      Signal.pause(Duration.ofMillis(5));
    }
  }

  void close() {
    timeouts.close();
  }

  boolean stopping() {
    return stopping;
  }

  Ledger ledger() {
    return ledger;
  }

  Recorder recorder() {
    return recorder;
  }

  ClaimStore claims() {
    return claims;
  }

  EndStore ends() {
    return ends;
  }

  WakeStore waits() {
    return waits;
  }

  Wakes wakes() {
    return wakes;
  }

  Codec codec() {
    return settings.codec();
  }

  Telemetry telemetry() {
    return settings.telemetry();
  }

  RandomGenerator random() {
    return settings.random();
  }

  Timeouts timeouts() {
    return timeouts;
  }
}
