package io.sluice.engine.engine;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.EngineSettings;
import io.sluice.engine.Handler;
import io.sluice.engine.IdSource;
import io.sluice.engine.Jobs;
import io.sluice.engine.Kind;
import io.sluice.engine.Operations;
import io.sluice.engine.Tx;
import io.sluice.engine.store.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The engine in one process. See the package for what it promises.
///
/// ```java
/// Engine.migrate(ownerConnection);
/// var engine = Engine.on(pool).handle(GREET, (name, job) -> "Hello " + name).start();
/// var job = engine.jobs().enqueue(GREET, "Ada", EnqueueOptions.DEFAULT).job();
/// ```
public final class Engine implements AutoCloseable {
  private final Node node;
  private final DataSource pool;

  private Engine(Node node, DataSource pool) {
    this.node = node;
    this.pool = pool;
  }

  /// Brings the engine's schema up to date.
  ///
  /// @param owner a connection of a role that may create schemas in the database
  /// @throws EngineProblem.WrongSchema if a newer program has been here
  public static void migrate(Connection owner) throws SQLException {
    Schema.migrate(owner);
  }

  /// Lets a role run jobs, without owning anything.
  public static void grant(Connection owner, String role) throws SQLException {
    Schema.grant(owner, role);
  }

  /// Starts to build an engine.
  ///
  /// @param pool connections in autocommit mode; may go through a pooler in transaction mode, if
  ///   [Builder#listenOn] does not
  public static Builder on(DataSource pool) {
    return new Builder(pool);
  }

  /// Says what an engine consists of.
  public static final class Builder {
    private final DataSource pool;
    private final Handlers handlers = new Handlers();
    private DataSource direct;
    private EngineSettings settings = EngineSettings.DEFAULT;
    private IdSource ids = IdSource.system();

    private Builder(DataSource pool) {
      this.pool = pool;
      this.direct = pool;
    }

    /// Where the one connection for LISTEN comes from, if not from the pool: it must reach
    /// PostgreSQL directly. It is kept as long as the engine runs.
    public Builder listenOn(DataSource source) {
      this.direct = source;
      return this;
    }

    /// Other settings.
    public Builder with(EngineSettings value) {
      this.settings = value;
      return this;
    }

    /// Other ids.
    public Builder withIds(IdSource value) {
      this.ids = value;
      return this;
    }

    /// Runs jobs of this kind here. An engine without handlers is a client: it enqueues and waits.
    ///
    /// @throws IllegalArgumentException if the kind has a handler already
    public <I, O extends @Nullable Object> Builder handle(Kind<I, O> kind, Handler<I, O> handler) {
      handlers.add(kind, handler);
      return this;
    }

    /// Starts.
    ///
    /// @throws EngineProblem.Database if PostgreSQL can not be reached, or the schema is missing
    public Engine start() {
      var node = new Node(settings, handlers, pool, direct, ids);
      try {
        node.start();
      } catch (RuntimeException e) {
        node.stop(Duration.ZERO);
        throw e;
      }
      return new Engine(node, pool);
    }
  }

  /// For those who enqueue.
  public Jobs jobs() {
    return node.jobs();
  }

  /// For those who operate.
  public Operations operations() {
    return node.operations();
  }

  /// How many jobs run in this process.
  public int busy() {
    return node.busy();
  }

  /// Calls something whenever events may have come or progress been made, on any node. It must be
  /// quick.
  ///
  /// @return ends the watch
  public AutoCloseable watch(Runnable watcher) {
    return node.watch(watcher);
  }

  /// Work in a transaction of the engine's pool.
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    /// Does it. An exception rolls back.
    T in(Tx tx) throws SQLException;
  }

  /// Runs work in a transaction. Jobs that it enqueues are picked up at once after the commit.
  public <T extends @Nullable Object> T inTransaction(Work<T> work) throws SQLException {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      var tx = new PoolTx(connection);
      try {
        T result = work.in(tx);
        connection.commit();
        tx.after.forEach(Runnable::run);
        return result;
      } finally {
        if (!connection.isClosed()) {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      }
    }
  }

  private static final class PoolTx implements Tx {
    private final Connection connection;
    private final List<Runnable> after = new ArrayList<>();

    PoolTx(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public void afterCommit(Runnable action) {
      after.add(action);
    }
  }

  /// Stops: nothing more is claimed, jobs may end for so long, the rest is handed over to other
  /// nodes at once.
  public void stop(Duration patience) {
    node.stop(patience);
  }

  /// Stops without patience.
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
