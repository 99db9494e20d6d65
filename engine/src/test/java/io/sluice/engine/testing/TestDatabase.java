package io.sluice.engine.testing;

import io.sluice.engine.postgres.EmbeddedPostgres;
import io.sluice.engine.postgres.Login;
import io.sluice.engine.postgres.PostgresProblem;
import io.sluice.engine.postgres.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// A database of a test's own, on the one server that all tests of this JVM share. Made in some 50
/// ms.
///
/// The server is as durable as the real one. It starts with the first database and stops with the
/// JVM; what an earlier run left on it is dropped.
public final class TestDatabase implements AutoCloseable {
  private static final String PREFIX = "test_";
  private static final int CONCURRENT_RUNS = 8;
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /// Fills a template, as the owner of it.
  @FunctionalInterface
  public interface Migrator {
    /// Must leave no connection open: a database that is in use cannot be copied.
    void migrate(TestDatabase template) throws Exception;
  }

  /// An empty database.
  public static TestDatabase create() {
    var database = new TestDatabase(nextName());
    server().createDatabase(database.name);
    return database;
  }

  /// A copy of a template, which the migrator fills once in a JVM, before the first copy.
  public static TestDatabase createFrom(String templateName, Migrator migrator) {
    var template = TEMPLATES.computeIfAbsent(templateName, _ -> fill(migrator));
    var database = new TestDatabase(nextName());
    server().createDatabaseFrom(template, database.name);
    return database;
  }

  private static String fill(Migrator migrator) {
    var template = create();
    try {
      migrator.migrate(template);
      return template.name;
    } catch (Exception e) {
      template.close();
      throw new IllegalStateException("The template could not be filled", e);
    }
  }

  public String name() {
    return name;
  }

  public String jdbcUrl() {
    return server().jdbcUrl(name);
  }

  /// Owns the database.
  public Login owner() {
    return server().owner();
  }

  /// Owns nothing, as the application at run time.
  public Login app() {
    return server().app();
  }

  public Connection connectAsOwner() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), owner().user(), owner().password());
  }

  public Connection connectAsApp() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), app().user(), app().password());
  }

  /// Opens a connection whenever it is asked for one: no pool.
  public DataSource dataSource(Login login) {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(login.user());
    source.setPassword(login.password());
    return source;
  }

  /// Drops the database, with whoever is still connected to it.
  @Override
  public void close() {
    server().dropDatabase(name);
  }

  /// The server that they all live on, for tests of crashes.
  public static EmbeddedPostgres server() {
    return Shared.SERVER;
  }

  private static String nextName() {
    return PREFIX + COUNTER.incrementAndGet();
  }

  /// Started when it is first touched.
  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      var server = startInFreeDirectory();
      leftovers(server).forEach(server::dropDatabase);
      return server;
    }

    /// Two runs at once (an editor's and a build's) take a directory each.
    private static EmbeddedPostgres startInFreeDirectory() {
      @Nullable PostgresProblem inUse = null;
      for (int i = 1; i <= CONCURRENT_RUNS; i++) {
        try {
          return EmbeddedPostgres.start(settings(i));
        } catch (PostgresProblem.DataDirectoryInUse e) {
          inUse = e;
        }
      }
      throw new IllegalStateException("Too many test runs at once", inUse);
    }

    /// The oldest version that we support, where the build asks for it.
    private static PostgresSettings settings(int number) {
      var archive = System.getProperty("sluice.test.postgres");
      var name = archive == null ? "shared-server" : "shared-old-server";
      var settings =
          PostgresSettings.in(Scratch.directory(name).resolve("" + number))
              .withBinaryCache(Scratch.directory("binaries"))
              .withServerSetting("shared_buffers", "128MB");
      return archive == null ? settings : settings.withArchive(Path.of(archive));
    }

    private static List<String> leftovers(EmbeddedPostgres server) {
      var names = new ArrayList<String>();
      var owner = server.owner();
      try (var connection =
              DriverManager.getConnection(server.jdbcUrl(), owner.user(), owner.password());
          var statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT datname FROM pg_database WHERE starts_with(datname, '" + PREFIX + "')")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      } catch (SQLException e) {
        throw new IllegalStateException("Cannot list the databases of earlier runs", e);
      }
      return names;
    }
  }
}
