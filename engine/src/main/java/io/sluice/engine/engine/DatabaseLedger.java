package io.sluice.engine.engine;

import io.sluice.engine.Codec;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobEvent;
import io.sluice.engine.Kind;
import io.sluice.engine.store.CheckpointStore;
import io.sluice.engine.store.CheckpointStore.Entry;
import io.sluice.engine.store.CheckpointStore.Stored;
import io.sluice.engine.store.Claim;
import io.sluice.engine.store.Db;
import io.sluice.engine.store.EventStore;
import io.sluice.engine.store.WakeStore;
import io.sluice.engine.store.WakeStore.ChildRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Records in PostgreSQL.
final class DatabaseLedger implements Ledger {
  /// About a minute.
  private static final int MOST_TRIES = 60;

  private static final int VALIDATION_SECONDS = 2;

  private final Db db;
  private final CheckpointStore checkpoints;
  private final WakeStore waits;
  private final Recorder recorder;
  private final Enqueuer enqueuer;
  private final Codec codec;
  private final InstantSource clock;
  private final Runnable announced;

  DatabaseLedger(
      Db db,
      Recorder recorder,
      Enqueuer enqueuer,
      Codec codec,
      InstantSource clock,
      Runnable announced) {
    this.db = db;
    this.checkpoints = new CheckpointStore(db);
    this.waits = new WakeStore(db);
    this.recorder = recorder;
    this.enqueuer = enqueuer;
    this.codec = codec;
    this.clock = clock;
    this.announced = announced;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public List<Stored> load(Claim claim, String scope) {
    return patiently(() -> checkpoints.load(claim.id(), scope));
  }

  @Override
  public String loadValue(Claim claim, String scope, String name) {
    return value(
        patiently(() -> Objects.requireNonNull(checkpoints.load(claim.id(), scope, name))));
  }

  private static String value(Stored stored) {
    return stored.valueJson() == null ? "null" : stored.valueJson();
  }

  /// Done again while the database is away: a run waits for it rather than spend an attempt.
  private static <T extends @Nullable Object> T patiently(Supplier<T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return work.get();
      } catch (EngineProblem.Database e) {
        if (!GroupCommit.passing(e) || tries == MOST_TRIES) {
          throw e;
        }
        rest(tries, e);
      }
    }
  }

  private static void rest(int tries, RuntimeException problem) {
    try {
      Signal.pause(Duration.ofMillis(Math.min(1000, 20 << Math.min(tries, 6))));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw problem;
    }
  }

  /// What this very run has recorded before, in a commit whose outcome it did not learn.
  private Optional<String> recorded(Entry entry) {
    var stored = checkpoints.load(entry.claim().id(), entry.scope(), entry.name());
    if (stored == null
        || !stored.status().equals("done")
        || checkpoints.fenceOf(entry.key()) != entry.claim().fence()) {
      return Optional.empty();
    }
    return Optional.of(value(stored));
  }

  @Override
  public boolean record(Entry entry) throws InterruptedException {
    return join(recorder.step(entry));
  }

  private static boolean join(CompletableFuture<Boolean> pending) throws InterruptedException {
    try {
      return pending.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineProblem.Database refused) {
        throw new EngineProblem.BadInput(
            "PostgreSQL does not take the value: " + refused.getMessage(), refused);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /// A body whose connection broke is run again in a new transaction: what it did is undone, or, if
  /// the commit took effect after all, its record is found.
  @Override
  public @Nullable String transact(Entry entry, Body body) throws Exception {
    for (int tries = 1; ; tries++) {
      try {
        return transactOnce(entry, body);
      } catch (BrokenConnection e) {
        if (tries == MOST_TRIES) {
          throw e.failure;
        }
        rest(tries, new EngineProblem.Database("running a step in a transaction", e.sql()));
        var recorded = patiently(() -> recorded(entry));
        if (recorded.isPresent()) {
          return recorded.get();
        }
      }
    }
  }

  private @Nullable String transactOnce(Entry entry, Body body) throws Exception {
    try (var connection = connect()) {
      try {
        connection.setAutoCommit(false);
        return commit(connection, entry, body);
      } catch (Exception e) {
        throw connection.isValid(VALIDATION_SECONDS) ? e : new BrokenConnection(e);
      } finally {
        giveBack(connection);
      }
    }
  }

  private Connection connect() throws BrokenConnection {
    try {
      return db.connection();
    } catch (SQLException e) {
      throw new BrokenConnection(e);
    }
  }

  private @Nullable String commit(Connection connection, Entry entry, Body body) throws Exception {
    var tx = new Transaction(connection, entry.claim(), codec, enqueuer);
    var json = body.run(tx);
    if (CheckpointStore.recordOn(connection, List.of(entry.withValue(json))).isEmpty()) {
      connection.rollback();
      return recorded(entry).orElse(null);
    }
    tx.writeEvents();
    connection.commit();
    tx.committed();
    if (entry.stage() || tx.announces()) {
      announced.run();
    }
    return json;
  }

  /// The connection did not survive what it was used for.
  private static final class BrokenConnection extends Exception {
    private final Exception failure;

    BrokenConnection(Exception failure) {
      super(failure);
      this.failure = failure;
    }

    SQLException sql() {
      return failure instanceof SQLException sql ? sql : new SQLException(failure);
    }
  }

  private static void giveBack(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      try {
        connection.rollback();
        connection.setAutoCommit(true);
      } catch (SQLException _) {
        connection.abort(Runnable::run);
      }
    }
  }

  @Override
  public Optional<String> takeSignal(Entry wait, String signal) {
    return patiently(() -> waits.take(wait, signal).or(() -> recorded(wait)));
  }

  @Override
  public boolean startChildren(
      Entry entry, String group, Kind<?, ?> kind, List<String> inputs, EnqueueOptions options) {
    var after = new ArrayList<Runnable>();
    boolean started =
        patiently(() ->
            db.inTransaction(
                "enqueuing children",
                c -> {
                  after.clear();
                  if (CheckpointStore.recordOn(c, List.of(entry)).isEmpty()) {
                    return false;
                  }
                  var parent = entry.claim().id();
                  WakeStore.makeGroup(c, parent, group, inputs.size());
                  enqueuer.children(c, parent, group, kind, inputs, options, after::add);
                  return true;
                }));
    after.forEach(Runnable::run);
    return started || patiently(() -> recorded(entry)).isPresent();
  }

  @Override
  public int pending(Claim claim, String group) {
    return patiently(() -> waits.pending(claim.id(), group));
  }

  @Override
  public List<ChildRow> children(Claim claim, String group) {
    return patiently(() -> waits.children(claim.id(), group));
  }

  @Override
  public boolean emit(Claim claim, JobEvent event) throws InterruptedException {
    return join(recorder.announce(enqueuer.entry(claim, event, codec)));
  }

  @Override
  public void progress(Claim claim, long done, long total) {
    recorder.progress(claim, done, total);
  }

  /// The transaction of a step.
  private static final class Transaction implements JobContext.StepTx {
    private final Connection connection;
    private final Claim claim;
    private final Codec codec;
    private final Enqueuer enqueuer;
    private final List<EventStore.Entry> events = new ArrayList<>();
    private final List<Runnable> after = new ArrayList<>();

    Transaction(Connection connection, Claim claim, Codec codec, Enqueuer enqueuer) {
      this.connection = connection;
      this.claim = claim;
      this.codec = codec;
      this.enqueuer = enqueuer;
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public void afterCommit(Runnable action) {
      after.add(action);
    }

    @Override
    public void emit(JobEvent event) {
      events.add(enqueuer.entry(claim, event, codec));
    }

    void writeEvents() throws SQLException {
      if (!events.isEmpty()) {
        EventStore.announceOn(connection, events);
      }
    }

    boolean announces() {
      return !events.isEmpty();
    }

    void committed() {
      after.forEach(Runnable::run);
    }
  }
}
