package io.sluice.bench.subject;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sluice.bench.postgres.Database;
import io.sluice.engine.EngineSettings;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.engine.Engine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Our engine, as a program that embeds it would set it up for many small jobs.
public final class EngineSubject
    implements Subject, WithSteps, WithThreeSteps, WithFanOut, WithHistory, WithHeld {
  private static final int ENQUEUE_BATCH = 1000;
  private static final int ENQUEUE_THREADS = 2;
  private static final int CONCURRENCY = 4000;
  private static final int CLAIM_BATCH = 2000;
  private static final int POOL = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String NONE_READY =
      "select not exists (select 1 from sluice_engine.job where queue in ('noop', 'five') and ready)";
  private static final String NONE_HELD =
      """
      select not exists (
        select 1 from sluice_engine.claim_batch b join sluice_engine.job j on j.id = any (b.jobs) and j.worker_id = b.worker_id)
      """;
  private static final String UNFINISHED =
      "select count(*) from sluice_engine.job where finished_at is null and hold is null and queue in ('noop', 'five')";
  private static final String HISTORY =
      """
      insert into sluice_engine.job (id, tenant_id, queue, kind, state, ready, fence, ready_order, started_at, finished_at, input)
      select sluice_engine.uuid_v7(), '00000000-0000-7000-8000-000000000001', 'noop', 'noop', 'done', false, 2, now(), now(), now(),
        jsonb_build_object('index', n)
      from generate_series(1, %d) n
      """;
  private static final String RULE =
      "insert into sluice_engine.limit_rule (name, max_running) values ('full', 1)";
  // The one job that the limit allows stands ready in a queue that nobody serves: the limit stays
  // full.
  private static final String FULL =
      """
      insert into sluice_engine.job (id, tenant_id, queue, kind, admitted, limit_key, input)
      values (sluice_engine.uuid_v7(), '00000000-0000-7000-8000-000000000001', 'nowhere', 'noop', true, 'full', '{}')
      """;
  private static final String HELD =
      """
      insert into sluice_engine.job (id, tenant_id, queue, kind, ready, hold, limit_key, input)
      select sluice_engine.uuid_v7(), '00000000-0000-7000-8000-000000000001', 'noop', 'noop', false, 'limit', 'full', '{"index": 0}'
      from generate_series(1, %d) n
      """;

  private static final Kind<Numbered, Void> NOOP =
      Kind.of("noop", Numbered.class, Void.class).inQueue("noop");
  private static final Kind<Numbered, Integer> FIVE =
      Kind.of("five", Numbered.class, Integer.class).inQueue("five");

  private static final Kind<Numbered, Integer> THREE =
      Kind.of("three", Numbered.class, Integer.class).inQueue("five");
  private static final Kind<Numbered, Void> ITEM =
      Kind.of("item", Numbered.class, Void.class).inQueue("noop");

  private final Database database;
  private final Tally tally = new Tally();
  private final HikariDataSource pool;
  private final Probe probe;
  private @Nullable Engine client;
  private @Nullable Engine worker;

  /// The input of a job.
  public record Numbered(int index) {}

  public EngineSubject(Database database) {
    this.database = database;
    this.probe = new Probe(database);
    var config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setMaximumPoolSize(POOL);
    config.setKeepaliveTime(Duration.ofMinutes(10).toMillis()); // as the server does
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public String version() {
    return "this tree";
  }

  @Override
  public Map<Question, String> settings() {
    var run = "concurrency=%d, claimBatch=%d, pool=%d".formatted(CONCURRENCY, CLAIM_BATCH, POOL);
    return Map.of(
        Question.ENQUEUE,
        "enqueueAll of %d, %d threads".formatted(ENQUEUE_BATCH, ENQUEUE_THREADS),
        Question.DRAIN,
        run + ", finished rows kept",
        Question.PICKUP,
        run + ", one process enqueues and works",
        Question.STEPS,
        run + ", every step durable before the next begins",
        Question.ALONE,
        run,
        Question.FANOUT,
        run + ", plain jobs: enqueueAll of %d".formatted(ENQUEUE_BATCH),
        Question.COST,
        run,
        Question.IDLE,
        run,
        Question.HISTORY,
        run,
        Question.HELD,
        run);
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public void prepare() throws SQLException {
    try (var connection = database.connect()) {
      Engine.migrate(connection);
    }
    client = Engine.on(pool).start();
  }

  private Engine client() {
    if (client == null) {
      throw new IllegalStateException("not prepared");
    }
    return client;
  }

  @Override
  public void enqueueAll(int jobs) throws Exception {
    var taken = new AtomicInteger();
    var feeders = new ArrayList<FutureTask<Void>>();
    for (int thread = 0; thread < ENQUEUE_THREADS; thread++) {
      var feeder = new FutureTask<Void>(() -> feed(taken, jobs), null);
      feeders.add(feeder);
      Thread.ofPlatform().name("enqueue").start(feeder);
    }
    for (var feeder : feeders) {
      feeder.get();
    }
  }

  private void feed(AtomicInteger taken, int jobs) {
    int from;
    while ((from = taken.getAndAdd(ENQUEUE_BATCH)) < jobs) {
      client()
          .jobs()
          .enqueueAll(
              NOOP, inputs(from, Math.min(jobs, from + ENQUEUE_BATCH)), EnqueueOptions.DEFAULT);
    }
  }

  private static List<Numbered> inputs(int from, int to) {
    var inputs = new ArrayList<Numbered>(to - from);
    for (int i = from; i < to; i++) {
      inputs.add(new Numbered(i));
    }
    return inputs;
  }

  @Override
  public Enqueued enqueueOne(int index) {
    var running = worker == null ? client() : worker;
    var called = System.nanoTime();
    running.jobs().enqueue(NOOP, new Numbered(index), EnqueueOptions.DEFAULT);
    return new Enqueued(called, System.nanoTime());
  }

  @Override
  public Future<Handled> expect(Mode mode, int jobs) {
    return tally.expect(mode, jobs);
  }

  @Override
  @SuppressWarnings("NullAway") // a Void is null
  public void startWorker(Mode mode) {
    var settings = EngineSettings.DEFAULT.withConcurrency(CONCURRENCY).withClaimBatch(CLAIM_BATCH);
    worker =
        Engine.on(pool)
            .with(settings)
            .handle(
                NOOP,
                (input, job) -> {
                  tally.hit(input.index());
                  return null;
                })
            .handle(FIVE, (_, job) -> steps(job, STEPS))
            .handle(THREE, (_, job) -> steps(job, 3))
            .handle(ITEM, (_, _) -> null)
            .start();
  }

  private static Integer steps(JobContext job, int steps) {
    int sum = 0;
    for (int step = 0; step < steps; step++) {
      int now = step;
      sum += job.step("s" + step, Integer.class, () -> now);
    }
    return sum;
  }

  @Override
  public void runFunctions(int functions) throws Exception {
    worker().jobs().enqueueAll(FIVE, inputs(0, functions), EnqueueOptions.DEFAULT);
    awaitAll();
  }

  private Engine worker() {
    if (worker == null) {
      throw new IllegalStateException("no worker");
    }
    return worker;
  }

  @Override
  public void runThree() {
    var jobs = worker().jobs();
    var job = jobs.enqueue(THREE, new Numbered(0), EnqueueOptions.DEFAULT).job();
    jobs.result(job, Integer.class, PATIENCE).orElseThrow().orThrow();
  }

  @Override
  public void runItems(int items) throws Exception {
    for (int from = 0; from < items; from += ENQUEUE_BATCH) {
      var some = inputs(from, Math.min(items, from + ENQUEUE_BATCH));
      worker().jobs().enqueueAll(ITEM, some, EnqueueOptions.DEFAULT);
    }
    awaitAll();
  }

  private void awaitAll() throws Exception {
    while (!isDrained() || !probe.isTrue(NONE_HELD)) {
      Thread.sleep(Duration.ofMillis(2));
    }
  }

  @Override
  public void stopWorker() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  /// A job stops to keep the worker busy when its end is committed.
  @Override
  public boolean isDrained() throws SQLException {
    return (worker == null || worker.busy() == 0) && probe.isTrue(NONE_READY);
  }

  @Override
  public long unfinished() throws SQLException {
    return probe.number(UNFINISHED);
  }

  @Override
  public void fillHistory(int finished) throws SQLException {
    database.execute(HISTORY.formatted(finished));
  }

  @Override
  public void fillHeld(int held) throws SQLException {
    database.execute(RULE, FULL, HELD.formatted(held));
  }

  @Override
  public void close() throws SQLException {
    stopWorker();
    if (client != null) {
      client.close();
    }
    pool.close();
    probe.close();
  }
}
