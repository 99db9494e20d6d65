package io.sluice.engine.engine;

import io.sluice.engine.EngineSettings;
import io.sluice.engine.EngineSettings.Suspects;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.Operations;
import io.sluice.engine.store.ClaimStore;
import io.sluice.engine.store.Db;
import io.sluice.engine.store.EndStore;
import io.sluice.engine.store.LimitStore;
import io.sluice.engine.store.NotifyStore;
import io.sluice.engine.store.NotifyStore.Notice;
import io.sluice.engine.store.OperatorStore;
import io.sluice.engine.store.QueryStore;
import io.sluice.engine.store.ScheduleStore;
import io.sluice.engine.store.Schema;
import io.sluice.engine.store.WakeStore;
import io.sluice.engine.store.WorkerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import javax.sql.DataSource;

/// One process's part of the engine: builds the loops, starts and stops them in order, and carries
/// wake-ups between them. A node without handlers only enqueues, watches and waits for results.
final class Node implements Wakes {
  private final EngineSettings settings;
  private final Handlers handlers;
  private final Db db;
  private final IdSource ids;
  private final String self;
  private final DatabaseClock clock;
  private final WorkerStore workers;
  private final Notifier notifier;
  private final Listener listener;
  private final Admitter admitter;
  private final Results results;
  private final Recorder recorder;
  private final Crew crew;
  private final Pulse pulse;
  private final Gate gate = new Gate();
  private final Map<String, Claimer> claimers = new HashMap<>();
  private final SuspectRunner suspects;
  private final List<Loop> chores = new ArrayList<>();
  private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
  private final PostgresJobs jobs;
  private final PostgresOperations operations;
  private volatile boolean stopped;

  /// Builds a node; nothing runs before [#start].
  ///
  /// @param pool connections in autocommit mode
  /// @param direct makes connections that reach PostgreSQL itself, for LISTEN
  public Node(
      EngineSettings settings,
      Handlers handlers,
      DataSource pool,
      DataSource direct,
      IdSource ids) {
    this.settings = settings;
    this.handlers = handlers;
    this.db = new Db(pool);
    this.ids = ids;
    this.self = ids.next().toString();
    this.clock = new DatabaseClock(settings.clock());
    this.workers = new WorkerStore(db);
    this.notifier = new Notifier(new NotifyStore(db));
    this.listener =
        new Listener(
            direct,
            this::heard,
            this::mayHaveMissed,
            () -> notifier.send(new Notice(NotifyStore.WAKE, "")));
    this.admitter = new Admitter(new LimitStore(db), clock, this::queue);
    this.results = new Results(new OperatorStore(db), this::queue);
    var queries = new QueryStore(db, Errors::decode);
    this.recorder = new Recorder(db, queries, settings.telemetry(), this::settled, this::announced);
    var enqueuer =
        new Enqueuer(
            settings.codec(), ids, clock, this, settings.maxValueBytes(), settings.idlePulse());
    var ledger =
        new DatabaseLedger(db, recorder, enqueuer, settings.codec(), clock, this::announced);
    this.crew = new Crew(settings, handlers, db, ledger, recorder, this, this::settled, ids.next());
    var claims = new ClaimStore(db);
    for (var queue : settings.suspects() == Suspects.ONLY ? List.<String>of() : handlers.queues()) {
      claimers.put(queue, new Claimer(queue, settings, claims, crew, handlers.names(), gate));
    }
    this.suspects = new SuspectRunner(settings, claims, crew, handlers.names(), gate);
    this.pulse = new Pulse(settings, hands(), crew, clock, List.copyOf(claimers.keySet()));
    this.jobs =
        new PostgresJobs(db, settings.codec(), enqueuer, queries, results, this::settled, this);
    this.operations =
        new PostgresOperations(db, queries, settings.codec(), this, ids, this::announced);
    chores.add(new Loop("progress", this::storeProgress));
    if (!handlers.isEmpty()) {
      chores.add(new Loop("time-limits", this::checkTimes));
      chores.add(new Loop("housekeeper", this::keepHouse));
    }
  }

  private Pulse.Hands hands() {
    return new Pulse.Hands(
        workers,
        new WakeStore(db),
        new EndStore(db),
        new ScheduleStore(db),
        this,
        this::settled,
        this::suspectHere,
        admitter::sweep,
        this::reborn);
  }

  /// Starts the loops. The schema must be there.
  public void start() {
    db.with(
        "making partitions",
        c -> {
          Schema.cover(c, settings.partition());
          clock.sync(ScheduleStore.now(c));
          return true;
        });
    notifier.start();
    admitter.start();
    recorder.start();
    listener.start();
    if (!handlers.isEmpty()) {
      register(crew.worker());
      pulse.start();
      claimers.values().forEach(Claimer::start);
      if (settings.suspects() != Suspects.NEVER) {
        suspects.start();
      }
    }
    chores.forEach(Loop::start);
  }

  /// Stops: claims nothing more, lets jobs end for so long, hands over what is left, and tells
  /// others.
  public void stop(Duration patience) {
    if (stopped) {
      return;
    }
    stopped = true;
    try {
      for (var claimer : claimers.values()) {
        claimer.close();
      }
      suspects.close();
      crew.stopAll(patience);
      pulse.close();
      for (var chore : chores) {
        chore.stop();
        chore.join();
      }
      recorder.close();
      if (!handlers.isEmpty()) {
        retire();
      }
      admitter.close();
      listener.close();
      notifier.close();
      crew.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void retire() {
    try {
      workers.retire(crew.worker());
    } catch (RuntimeException _) {
      // The database is away: the lease will end by itself.
    }
  }

  private void register(UUID id) {
    workers.register(
        id, settings.name(), settings.lease(), handlers.kinds(), List.copyOf(claimers.keySet()));
  }

  private void reborn() {
    var id = ids.next();
    register(id);
    crew.reborn(id);
    settings.telemetry().leaseLost("*");
    claimers.values().forEach(Claimer::wake);
  }

  private void storeProgress() throws InterruptedException {
    Signal.pause(Duration.ofMillis(200));
    if (recorder.storeProgress()) {
      announced();
    }
  }

  private void checkTimes() throws InterruptedException {
    Signal.pause(Duration.ofMillis(100));
    crew.checkTimes();
  }

  private void keepHouse() throws InterruptedException {
    Schema.retain(db, settings.retention(), settings.partition());
    workers.sweep();
    Signal.pause(Duration.ofMinutes(50).plusSeconds(settings.random().nextInt(1200)));
  }

  // Wake-ups: here at once, elsewhere by a notification.

  @Override
  public void queue(String queue) {
    var claimer = claimers.get(queue);
    if (claimer != null) {
      claimer.wake();
    }
    notifier.wake(queue + "\t" + self);
  }

  @Override
  public void admit(String key) {
    admitter.poke(key);
  }

  @Override
  public void timer(Instant at, boolean tell) {
    pulse.lookAt(at.equals(Instant.MIN) ? clock.instant() : at);
    if (tell) {
      notifier.wake("*");
    }
  }

  @Override
  public void suspect() {
    suspectHere();
    notifier.wake("*");
  }

  private void suspectHere() {
    suspects.wake();
  }

  /// After a commit that ended jobs: tells parents, waiters, limits, and whoever runs what was
  /// cancelled.
  private void settled(EndStore.Result result) {
    entered(result.woken());
    result.joined().forEach(this::joined);
    for (var ended : result.ended()) {
      results.ended(ended.id());
      if (ended.awaited()) {
        notifier.send(new Notice(NotifyStore.JOB, "done:" + ended.id()));
      }
      if (ended.state() != io.sluice.engine.JobState.DONE) {
        crew.cancelled(ended.id(), ended.fence());
        notifier.send(new Notice(NotifyStore.JOB, "cancel:" + ended.id() + ":" + ended.fence()));
      }
    }
  }

  private void joined(JobId parent) {
    crew.poke(parent);
    notifier.send(new Notice(NotifyStore.JOB, "signal:" + parent));
  }

  private void announced() {
    notifier.send(new Notice(NotifyStore.EVENT, ""));
    watchers.forEach(Runnable::run);
  }

  private void heard(Notice notice) {
    switch (notice.channel()) {
      case NotifyStore.WAKE -> heardWake(notice.payload());
      case NotifyStore.JOB -> heardJob(notice.payload());
      default -> watchers.forEach(Runnable::run);
    }
  }

  private void heardWake(String payload) {
    int tab = payload.indexOf('\t');
    if (payload.equals("*")) {
      pulse.lookAt(clock.instant());
    } else if (tab < 0 || !payload.substring(tab + 1).equals(self)) {
      var claimer = claimers.get(tab < 0 ? payload : payload.substring(0, tab));
      if (claimer != null) {
        claimer.wake();
      }
    }
  }

  private void heardJob(String payload) {
    var parts = payload.split(":", 3);
    var job = JobId.parse(parts[1]);
    switch (parts[0]) {
      case "done" -> results.ended(job);
      case "signal" -> crew.poke(job);
      case "cancel" -> crew.cancelled(job, Integer.parseInt(parts[2]));
      default -> {
        // From a newer node: nothing that this one knows how to do.
      }
    }
  }

  private void mayHaveMissed() {
    pulse.lookAt(clock.instant());
    claimers.values().forEach(Claimer::wake);
    results.lookAgain();
    watchers.forEach(Runnable::run);
  }

  /// Calls something whenever events may have come or progress been made, here or on another node.
  /// It must be quick.
  ///
  /// @return ends the watch
  public AutoCloseable watch(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /// The surface for those who enqueue.
  public Jobs jobs() {
    return Objects.requireNonNull(jobs);
  }

  /// The surface for those who operate.
  public Operations operations() {
    return Objects.requireNonNull(operations);
  }

  /// How many jobs run here.
  public int busy() {
    return crew.busy();
  }

  /// Whether [#stop] was called.
  public boolean stopped() {
    return stopped;
  }
}
