package io.sluice.engine.engine;

import io.sluice.engine.Codec;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobEvent;
import io.sluice.engine.Kind;
import io.sluice.engine.TransientFailure;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Records in PostgreSQL.
final class DatabaseLedger implements Ledger {
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
    return checkpoints.load(claim.id(), scope);
  }

  @Override
  public String loadValue(Claim claim, String scope, String name) {
    var stored = Objects.requireNonNull(checkpoints.load(claim.id(), scope, name));
    return stored.valueJson() == null ? "null" : stored.valueJson();
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

  @Override
  public @Nullable String transact(Entry entry, Body body) throws Exception {
    try (var connection = db.connection()) {
      connection.setAutoCommit(false);
      var tx = new Transaction(connection, entry.claim(), codec, enqueuer);
      try {
        var json = body.run(tx);
        var filled =
            new Entry(
                entry.claim(),
                entry.scope(),
                entry.name(),
                "done",
                1,
                json,
                null,
                entry.startedAt(),
                entry.stage());
        if (CheckpointStore.recordOn(connection, List.of(filled)).isEmpty()) {
          connection.rollback();
          return null;
        }
        tx.writeEvents();
        commit(connection, entry);
        tx.committed();
        if (entry.stage() || tx.announces()) {
          announced.run();
        }
        return json;
      } finally {
        giveBack(connection);
      }
    }
  }

  /// When the connection breaks during the commit, nobody knows whether it took effect: the record
  /// tells.
  private void commit(Connection connection, Entry entry) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (e.getSQLState() != null && !e.getSQLState().startsWith("08")) {
        throw e;
      }
      var stored = checkpoints.load(entry.claim().id(), entry.scope(), entry.name());
      if (stored == null || checkpoints.fenceOf(entry.key()) != entry.claim().fence()) {
        throw new TransientFailure(
            "COMMIT_UNKNOWN",
            "the connection broke during a commit that did not take effect",
            e,
            null);
      }
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
    return waits.take(wait, signal);
  }

  @Override
  public boolean startChildren(
      Entry entry, String group, Kind<?, ?> kind, List<String> inputs, EnqueueOptions options) {
    var after = new ArrayList<Runnable>();
    boolean held =
        db.inTransaction(
            "enqueuing children",
            c -> {
              after.clear();
              if (CheckpointStore.recordOn(c, List.of(entry)).isEmpty()) {
                return false;
              }
              WakeStore.makeGroup(c, entry.claim().id(), group, inputs.size());
              enqueuer.children(c, entry.claim().id(), group, kind, inputs, options, after::add);
              return true;
            });
    after.forEach(Runnable::run);
    return held;
  }

  @Override
  public int pending(Claim claim, String group) {
    return waits.pending(claim.id(), group);
  }

  @Override
  public List<ChildRow> children(Claim claim, String group) {
    return waits.children(claim.id(), group);
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
