package io.sluice.engine.postgres;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server that runs next to this program, until [#stop()].
///
/// ```java
/// try (var postgres = EmbeddedPostgres.start(PostgresSettings.in(Path.of("data", "postgres")))) {
///   pool.connect(postgres.jdbcUrl(), postgres.app().user(), postgres.app().password());
/// }
/// ```
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
  private static final int OTHER_PORTS = 3;

  private final Installation installation;
  private final DirectoryLock lock;
  private final Supervisor supervisor;
  private final int port;
  private final Databases databases;
  private final ReentrantLock stopping = new ReentrantLock();
  private final @Nullable Thread hook;
  private boolean stopped;

  private EmbeddedPostgres(
      PostgresSettings settings, Installation installation, DirectoryLock lock, Running running) {
    this.installation = installation;
    this.lock = lock;
    this.port = running.configuration().port();
    this.supervisor = new Supervisor(new Launcher(installation, settings.startTimeout()), running);
    this.databases = new Databases(installation.superuser(port), installation.passwords());
    this.hook = settings.stoppedAtExit() ? new Thread(this::stop, "postgres-stop") : null;
  }

  /// Makes the database when there is none, adopts the server when one was left behind, starts it
  /// otherwise. Returns once it answers; a recovery after a crash is waited for, however long it
  /// takes.
  ///
  /// @throws PostgresProblem which says what to do
  public static EmbeddedPostgres start(PostgresSettings settings) {
    var directory = DataDirectory.make(settings.dataDirectory());
    var lock = DirectoryLock.take(directory);
    var up = false;
    try {
      var installation = Installation.prepare(settings, directory);
      var adopted = new Takeover(settings, installation).adopt();
      var running = adopted.isPresent() ? adopted.get() : launch(settings, installation);
      var postgres = furnish(settings, installation, lock, running);
      up = true;
      return postgres;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresProblem.StartFailed(
          "The start of PostgreSQL was interrupted.", directory.log().tail(), e);
    } finally {
      if (!up) {
        lock.close();
      }
    }
  }

  private static Running launch(PostgresSettings settings, Installation installation)
      throws InterruptedException {
    var launcher = new Launcher(installation, settings.startTimeout());
    for (int left = OTHER_PORTS; ; left--) {
      var port = ServerPort.choose(settings, installation.directory(), new SecureRandom());
      var configuration = ServerConfiguration.of(settings, installation.directory(), port);
      try {
        return new Running(launcher.launch(configuration), configuration);
      } catch (PostgresProblem.PortTaken e) {
        if (settings.port().isPresent() || left == 0) {
          throw e;
        }
        log.info("Port {} was taken in the last instant; another one is tried", port);
      }
    }
  }

  /// Roles, database, supervision: what makes a running server ours. When that fails, the server is
  /// stopped.
  private static EmbeddedPostgres furnish(
      PostgresSettings settings, Installation installation, DirectoryLock lock, Running running) {
    var furnished = false;
    try {
      var postgres = new EmbeddedPostgres(settings, installation, lock, running);
      ServerPort.remember(installation.directory(), postgres.port());
      postgres.databases.prepare();
      postgres.begin(settings);
      furnished = true;
      return postgres;
    } catch (SQLException e) {
      throw new PostgresProblem.StartFailed(
          "The roles and the database could not be made: " + e.getMessage() + ".",
          installation.directory().log().tail(),
          e);
    } finally {
      if (!furnished) {
        running.postmaster().stop(installation, STOP_PATIENCE);
      }
    }
  }

  private void begin(PostgresSettings settings) {
    if (hook != null) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
    if (settings.supervised()) {
      supervisor.begin();
    }
    log.info(
        "PostgreSQL {} runs as process {} (user {}) on port {}, data in {}",
        installation.binaries().version(),
        processId(),
        installation.user().name(),
        port,
        installation.directory().root());
  }

  /// The URL of the database `sluice`. It stays the same when the server is restarted.
  public String jdbcUrl() {
    return jdbcUrl(Databases.MAIN);
  }

  public String jdbcUrl(String database) {
    return Superuser.jdbcUrl(port, database);
  }

  public int port() {
    return port;
  }

  /// Such as `18.6`.
  public String version() {
    return installation.binaries().version();
  }

  /// Owns the databases and runs migrations; not a superuser.
  public Login owner() {
    return installation.passwords().owner();
  }

  /// Owns nothing, and may do what migrations grant it.
  public Login app() {
    return installation.passwords().app();
  }

  /// The number of the postmaster's process; another one after a restart.
  public long processId() {
    return supervisor.current().pid();
  }

  public boolean isRunning() {
    return supervisor.current().alive();
  }

  /// How often the server died by itself and was started again.
  public int restarts() {
    return supervisor.restarts();
  }

  /// Waits for [#restarts()] to reach a number. False when the time is over.
  public boolean awaitRestarts(int count, Duration timeout) throws InterruptedException {
    return supervisor.awaitRestarts(count, timeout);
  }

  /// Makes an empty database that the owner role owns.
  public void createDatabase(String name) {
    databases.create(name);
  }

  /// Copies a database that nobody is connected to.
  public void createDatabaseFrom(String template, String name) {
    databases.createFrom(template, name);
  }

  /// Drops a database, if it exists, and ends the sessions that use it.
  public void dropDatabase(String name) {
    databases.drop(name);
  }

  /// Ends the supervision, stops the server (open transactions are rolled back) and gives the
  /// directory free. Returns when the server is gone. Calling it again does nothing.
  public void stop() {
    stopping.lock();
    try {
      if (stopped) {
        return;
      }
      supervisor.end();
      supervisor.current().stop(installation, STOP_PATIENCE);
      // One that was being restarted at this moment.
      Postmaster.find(installation.cluster())
          .ifPresent(late -> late.stop(installation, STOP_PATIENCE));
      lock.close();
      // Only now: where this failed, the next call, the hook's perhaps, tries again.
      stopped = true;
      // Last: a program that is told to end meanwhile must wait, in the hook, for this stop.
      forgetHook();
      log.info("PostgreSQL in {} is stopped", installation.directory().root());
    } finally {
      stopping.unlock();
    }
  }

  private void forgetHook() {
    try {
      if (hook != null) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    } catch (IllegalStateException _) {
      log.debug("The program is ending; its hooks cannot be changed any more");
    }
  }

  @Override
  public void close() {
    stop();
  }

  @Override
  public String toString() {
    return "EmbeddedPostgres[" + jdbcUrl() + "]";
  }
}
