package io.sluice.bench.subject;

import io.sluice.SluiceServer;
import io.sluice.bench.postgres.Database;
import io.sluice.engine.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole server, in this process. It is not asked for plain jobs, but for what it makes of
/// them.
abstract class ServerSubject implements Subject {
  private static final String NONE_READY =
      "select not exists (select 1 from sluice_engine.job where ready)";
  private static final String UNFINISHED =
      "select count(*) from sluice_engine.job where finished_at is null";

  private final Database database;
  private final Probe probe;
  private final Path data;
  private @Nullable ConfigurableApplicationContext server;

  ServerSubject(Database database) {
    this.database = database;
    this.probe = new Probe(database);
    try {
      this.data = Files.createTempDirectory("bench-server");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What this server is told beside where its data are.
  abstract List<String> options();

  Probe probe() {
    return probe;
  }

  ConfigurableApplicationContext server() {
    if (server == null) {
      throw new IllegalStateException("no worker");
    }
    return server;
  }

  @Override
  public String version() {
    return "this tree";
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public void enqueueAll(int jobs) {
    throw noPlainJobs();
  }

  @Override
  public Enqueued enqueueOne(int index) {
    throw noPlainJobs();
  }

  @Override
  public Future<Handled> expect(Mode mode, int jobs) {
    throw noPlainJobs();
  }

  private IllegalStateException noPlainJobs() {
    return new IllegalStateException(name() + " are not asked for plain jobs");
  }

  @Override
  public void startWorker(Mode mode) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--sluice.data=" + data,
                "--sluice.database-url=" + database.jdbcUrl(),
                "--logging.file.name=" + data.resolve("sluice.log"),
                "--logging.level.root=error",
                "--logging.level.io.sluice=error"));
    arguments.addAll(options());
    server = SluiceServer.start(arguments.toArray(String[]::new));
  }

  @Override
  public void stopWorker() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /// A job stops to keep the worker busy when its end is committed.
  @Override
  public boolean isDrained() throws SQLException {
    return (server == null || server.getBean(Engine.class).busy() == 0) && probe.isTrue(NONE_READY);
  }

  @Override
  public long unfinished() throws SQLException {
    return probe.number(UNFINISHED);
  }

  @Override
  public void close() throws SQLException {
    stopWorker();
    probe.close();
    delete();
  }

  private void delete() {
    try (var files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      System.err.println("could not clean up " + data + ": " + e.getMessage());
    }
  }
}
