package io.sluice.engine.postgres;

import io.sluice.engine.testing.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// Settings and statements that the tests of this package share.
final class TestServers {
  private TestServers() {}

  static Path binaries() {
    return Scratch.directory("binaries");
  }

  static PostgresSettings settings(Path dataDirectory) {
    return PostgresSettings.in(dataDirectory)
        .withBinaryCache(binaries())
        .withServerSetting("shared_buffers", "32MB");
  }

  /// As the child of [ChildJvm] is started, so that one can adopt the other's server.
  static PostgresSettings likeChild(Path dataDirectory) {
    return PostgresSettings.in(dataDirectory).withBinaryCache(binaries());
  }

  /// A data directory with a database in it, copied from one that is made once: some 0.1 s instead
  /// of 1 s.
  static Path prepared(String name) throws IOException, InterruptedException {
    var copy = Scratch.fresh(name);
    var copying = new ProcessBuilder("cp", "-a", Pristine.DIRECTORY.toString(), copy.toString());
    if (copying.inheritIO().start().waitFor() != 0) {
      throw new IOException("Cannot copy " + Pristine.DIRECTORY);
    }
    return copy;
  }

  private static final class Pristine {
    static final Path DIRECTORY = Scratch.fresh("pristine");

    static {
      EmbeddedPostgres.start(settings(DIRECTORY)).stop();
    }
  }

  static Connection connect(EmbeddedPostgres postgres, Login login) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), login.user(), login.password());
  }

  static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres, postgres.owner());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres, postgres.owner());
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /// Waits for a process to be gone, whoever its parent is.
  static boolean gone(long pid, long startTicks) throws InterruptedException {
    var deadline = Deadline.in(Duration.ofSeconds(20));
    while (ProcStat.of(pid)
        .filter(process -> !process.zombie() && process.startTicks() == startTicks)
        .isPresent()) {
      if (deadline.passed()) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
