package io.sluice.bench.subject;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sluice.bench.postgres.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// db-scheduler with lock-and-fetch polling: of what was tried, its quickest settings on two cores.
public final class DbSchedulerSubject implements Subject {
  /// How an idle scheduler learns of a job.
  public enum WakeUp {
    /// By a hint inside the process that enqueues; another process would wait for its polling
    /// interval.
    HINT,
    /// By polling often.
    POLL
  }

  private static final int THREADS = 100;
  private static final int POOL = 40;
  private static final int ENQUEUE_THREADS = 2;
  private static final double FETCH_BELOW = 2.0;
  private static final double FETCH_UP_TO = 6.0;
  private static final Duration DRAIN_POLLING = Duration.ofMillis(100);
  private static final Duration HINTED_POLLING = Duration.ofSeconds(1);
  private static final Duration BUSY_POLLING = Duration.ofMillis(50);

  private static final String CREATE_TASKS =
      """
      create table scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamptz not null,
        picked boolean not null,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures int,
        last_heartbeat timestamptz,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance)
      )
      """;
  private static final String CREATE_BY_EXECUTION =
      "create index execution_time_idx on scheduled_tasks (execution_time)";
  private static final String CREATE_BY_HEARTBEAT =
      "create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)";
  private static final String IS_EMPTY = "select not exists (select 1 from scheduled_tasks)";
  private static final String COUNT = "select count(*) from scheduled_tasks";

  private final Database database;
  private final WakeUp wakeUp;
  private final InstantSource clock;
  private final Tally tally = new Tally();
  private final OneTimeTask<Integer> task =
      Tasks.oneTime("noop", Integer.class)
          .execute((instance, context) -> tally.hit(instance.getData()));
  private final HikariDataSource pool;
  private final SchedulerClient client;
  private final Probe probe;
  private @Nullable Scheduler scheduler;
  private int enqueuedAlone;

  public DbSchedulerSubject(Database database, WakeUp wakeUp, InstantSource clock) {
    this.database = database;
    this.wakeUp = wakeUp;
    this.clock = clock;
    this.probe = new Probe(database);
    var config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setMaximumPoolSize(POOL);
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
    this.client = SchedulerClient.Builder.create(pool, task).build();
  }

  @Override
  public String name() {
    return wakeUp == WakeUp.HINT ? "db-scheduler" : "db-scheduler-poll";
  }

  @Override
  public String version() {
    var path = "/META-INF/maven/com.github.kagkarlsson/db-scheduler/pom.properties";
    try (var stream = Scheduler.class.getResourceAsStream(path)) {
      var properties = new Properties();
      if (stream != null) {
        properties.load(stream);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException _) {
      return "unknown";
    }
  }

  @Override
  public Map<Question, String> settings() {
    var pickup =
        wakeUp == WakeUp.HINT
            ? "enableImmediateExecution (hint inside the same process), threads=" + THREADS
            : "pollingInterval=" + BUSY_POLLING.toMillis() + "ms, no hint, threads=" + THREADS;
    if (wakeUp == WakeUp.POLL) {
      return Map.of(Question.PICKUP, pickup, Question.IDLE, pickup);
    }
    var drain =
        "pollUsingLockAndFetch(%s,%s), threads=%d, pool=%d, finish by delete"
            .formatted(FETCH_BELOW, FETCH_UP_TO, THREADS, POOL);
    var enqueue =
        "scheduleBatch (JDBC batch of 100, reWriteBatchedInserts), " + ENQUEUE_THREADS + " threads";
    var idle = pickup + ", pollingInterval=" + HINTED_POLLING.toMillis() + "ms";
    return Map.of(
        Question.ENQUEUE, enqueue,
        Question.DRAIN, drain,
        Question.PICKUP, pickup,
        Question.COST, drain,
        Question.IDLE, idle);
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public void prepare() throws SQLException {
    database.execute(CREATE_TASKS, CREATE_BY_EXECUTION, CREATE_BY_HEARTBEAT);
  }

  @Override
  public void enqueueAll(int jobs) throws Exception {
    var now = clock.instant();
    var tasks = new ArrayList<FutureTask<Void>>();
    for (int thread = 0; thread < ENQUEUE_THREADS; thread++) {
      var from = jobs / ENQUEUE_THREADS * thread;
      var to = thread == ENQUEUE_THREADS - 1 ? jobs : from + jobs / ENQUEUE_THREADS;
      Runnable body = () -> client.scheduleBatch(instances(from, to), now);
      var feeder = new FutureTask<Void>(body, null);
      tasks.add(feeder);
      Thread.ofPlatform().name("enqueue").start(feeder);
    }
    for (var feeder : tasks) {
      feeder.get();
    }
  }

  private List<TaskInstance<?>> instances(int from, int to) {
    var instances = new ArrayList<TaskInstance<?>>(to - from);
    for (int i = from; i < to; i++) {
      instances.add(task.instance("j" + i, i));
    }
    return instances;
  }

  @Override
  public Enqueued enqueueOne(int index) {
    var running = scheduler;
    if (running == null) {
      throw new IllegalStateException("the hint needs a running scheduler");
    }
    var instance = task.instance("l" + enqueuedAlone++, index);
    var called = System.nanoTime();
    running.schedule(instance, clock.instant());
    return new Enqueued(called, System.nanoTime());
  }

  @Override
  public Future<Handled> expect(Mode mode, int jobs) {
    return tally.expect(mode, jobs);
  }

  @Override
  public void startWorker(Mode mode) {
    var builder =
        Scheduler.create(pool, task)
            .threads(THREADS)
            .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
            .pollingInterval(pollingInterval(mode))
            .shutdownMaxWait(Duration.ofSeconds(5));
    if (mode == Mode.PICKUP && wakeUp == WakeUp.HINT) {
      builder.enableImmediateExecution();
    }
    var started = builder.build();
    scheduler = started;
    started.start();
  }

  private Duration pollingInterval(Mode mode) {
    if (mode == Mode.DRAIN) {
      return DRAIN_POLLING;
    }
    return wakeUp == WakeUp.HINT ? HINTED_POLLING : BUSY_POLLING;
  }

  @Override
  public void stopWorker() {
    if (scheduler != null) {
      scheduler.stop();
      scheduler = null;
    }
  }

  @Override
  public boolean isDrained() throws SQLException {
    return probe.isTrue(IS_EMPTY);
  }

  @Override
  public long unfinished() throws SQLException {
    return probe.number(COUNT);
  }

  @Override
  public void close() throws SQLException {
    stopWorker();
    pool.close();
    probe.close();
  }
}
