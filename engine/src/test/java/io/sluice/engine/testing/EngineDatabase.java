package io.sluice.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sluice.engine.EngineSettings;
import io.sluice.engine.JobId;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.engine.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A migrated database for a test class, and the engines that its tests start on it: they are
/// closed after each test, and after the class nothing of them may be left.
///
/// ```java
/// @RegisterExtension static final EngineDatabase db = new EngineDatabase();
/// ```
public final class EngineDatabase
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  /// Short leases, so that a rescue takes a second.
  public static final EngineSettings SETTINGS =
      EngineSettings.DEFAULT.withLease(Duration.ofSeconds(1)).withGrace(Duration.ofSeconds(1));

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final List<Engine> engines = new ArrayList<>();
  private final List<HikariDataSource> pools = new ArrayList<>();
  private @Nullable TestDatabase database;
  private Moves moves = new Moves();

  @Override
  public void beforeAll(ExtensionContext context) {
    database =
        TestDatabase.createFrom(
            "engine",
            template -> {
              try (var owner = template.connectAsOwner()) {
                Engine.migrate(owner);
                Engine.grant(owner, template.app().user());
              }
            });
  }

  @Override
  public void afterEach(ExtensionContext context) {
    engines.reversed().forEach(Engine::close);
    engines.clear();
    pools.forEach(HikariDataSource::close);
    pools.clear();
    moves = new Moves();
  }

  @Override
  public void afterAll(ExtensionContext context) throws SQLException {
    try (var owner = owner()) {
      assertThat(openConnections(owner)).as("connections left open").isZero();
    } finally {
      database().close();
    }
    assertThat(engineThreads()).as("threads left running").isEmpty();
  }

  /// A closed connection's backend may take a moment to leave.
  private long openConnections(Connection owner) throws SQLException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (true) {
      long open =
          number(
              owner,
              "select count(*) from pg_stat_activity"
                  + " where datname = current_database() and pid <> pg_backend_pid()"
                  + " and backend_type = 'client backend'");
      if (open == 0 || System.nanoTime() > end) {
        return open;
      }
      Thread.onSpinWait();
    }
  }

  private static List<String> engineThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("sluice-"))
        .toList();
  }

  public TestDatabase database() {
    if (database == null) {
      throw new IllegalStateException("registered on an instance: make the field static");
    }
    return database;
  }

  /// What the engines of this test tell.
  public Moves moves() {
    return moves;
  }

  /// A kind of a test's own, in a queue of its own: what other tests left does not meet it.
  public <I, O extends @Nullable Object> Kind<I, O> kind(Class<I> input, Class<O> output) {
    var name = "kind" + NAMES.incrementAndGet();
    return Kind.of(name, input, output).inQueue("of-" + name);
  }

  /// A name that nothing else has.
  public String name(String stem) {
    return stem + NAMES.incrementAndGet();
  }

  public HikariDataSource pool() {
    var config = new HikariConfig();
    config.setDataSource(database().dataSource(database().app()));
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(5_000);
    var pool = new HikariDataSource(config);
    pools.add(pool);
    return pool;
  }

  /// Makes direct connections, without a pool.
  public DataSource direct() {
    return database().dataSource(database().app());
  }

  /// Starts an engine on a pool of its own, which ends with the test.
  public Engine start(UnaryOperator<Engine.Builder> with) {
    return start(SETTINGS, with);
  }

  public Engine start(EngineSettings settings, UnaryOperator<Engine.Builder> with) {
    var engine =
        with.apply(Engine.on(pool()).listenOn(direct()).with(settings.withTelemetry(moves)))
            .start();
    engines.add(engine);
    return engine;
  }

  /// An engine that runs nothing.
  public Engine client() {
    return start(builder -> builder);
  }

  /// Waits until nothing runs in an engine: its own books are a moment behind the database.
  public static void awaitIdle(Engine engine) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (engine.busy() > 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError(engine.busy() + " jobs still run");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// How a job ended.
  public static <O extends @Nullable Object> Outcome<O> outcome(
      Engine engine, JobId job, Class<O> type) {
    return engine
        .jobs()
        .result(job, type, PATIENCE)
        .orElseThrow(() ->
            new AssertionError(
                "job "
                    + job
                    + " did not end: "
                    + engine.operations().job(job)
                    + engine.operations().explain(job)));
  }

  /// The result of a job that has to end well.
  public static <O extends @Nullable Object> O result(Engine engine, JobId job, Class<O> type) {
    return outcome(engine, job, type).orThrow();
  }

  public Connection owner() throws SQLException {
    return database().connectAsOwner();
  }

  public Connection app() throws SQLException {
    return database().connectAsApp();
  }

  /// Runs a statement as the owner.
  public void execute(String sql) throws SQLException {
    try (var owner = owner();
        var statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Ends a backend of an engine's, in the middle of whatever it does.
  public void cut(int backend) throws SQLException {
    try (var app = app()) {
      number(app, "select pg_terminate_backend(" + backend + ")::int");
    }
  }

  /// Waits for a condition that only the database can tell.
  public void awaitTrue(String condition) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (var owner = owner()) {
      while (number(owner, "select (" + condition + ")::int") == 0) {
        if (System.nanoTime() > end) {
          throw new AssertionError("did not come true: " + condition);
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  /// The first column of the first row, a number.
  public long number(String sql) throws SQLException {
    try (var owner = owner()) {
      return number(owner, sql);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /// The first column, as texts.
  public List<String> texts(String sql) throws SQLException {
    try (var owner = owner();
        var statement = owner.createStatement();
        var rows = statement.executeQuery(sql)) {
      var out = new ArrayList<String>();
      while (rows.next()) {
        out.add(rows.getString(1));
      }
      return out;
    }
  }
}
