package io.sluice.engine.crash;

import io.sluice.engine.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A process that runs [CrashWorker], to be killed.
final class WorkerProcess implements AutoCloseable {
  private final TestDatabase database;
  private final String server;
  private Process process;
  private BufferedReader output;

  private WorkerProcess(TestDatabase database, String server) throws IOException {
    this.database = database;
    this.server = server;
    start();
  }

  /// Starts one, and does not wait for it to be ready.
  static WorkerProcess on(TestDatabase database, String server) throws IOException {
    return new WorkerProcess(database, server);
  }

  private void start() throws IOException {
    var login = database.app();
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx192m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    CrashWorker.class.getName(),
                    database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "" : "?x=y"),
                    login.user(),
                    login.password(),
                    server))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    output = process.inputReader();
  }

  /// Waits for a line that the worker says.
  void await(String line) throws IOException {
    for (var said = output.readLine(); said != null; said = output.readLine()) {
      if (said.equals(line)) {
        return;
      }
    }
    throw new IOException("the worker ended before it said " + line);
  }

  void awaitReady() throws IOException {
    await("READY");
  }

  /// `kill -9`, and another one in its place.
  void killAndReplace() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    start();
  }

  /// Replaces it whenever it has ended, until it is closed: the smallest service manager.
  ///
  /// @return how often it did
  int keepRunningUntil(java.util.function.BooleanSupplier done) throws IOException {
    int restarts = 0;
    while (!done.getAsBoolean()) {
      if (!process.isAlive()) {
        restarts++;
        start();
      }
    }
    return restarts;
  }

  long pid() {
    return process.pid();
  }

  /// As `kill -STOP` and `kill -CONT`.
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
