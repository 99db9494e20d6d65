package io.sluice.bench.subject;

import io.sluice.bench.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Connections that are kept open, as any pool would, with a thread for each while there is work.
final class Lanes implements AutoCloseable {
  /// What one lane does with its connection.
  interface Work {
    void on(Connection connection) throws Exception;
  }

  private final Database database;
  private final List<Connection> open = new ArrayList<>();

  Lanes(Database database) {
    this.database = database;
  }

  /// Starts the work on that many lanes at once. The tasks end with the work.
  List<FutureTask<Void>> start(int lanes, Work work) throws SQLException {
    open(lanes);
    var tasks = new ArrayList<FutureTask<Void>>();
    for (var connection : open.subList(0, lanes)) {
      Callable<Void> body =
          () -> {
            work.on(connection);
            return null;
          };
      var task = new FutureTask<>(body);
      tasks.add(task);
      Thread.ofPlatform().name("lane").start(task);
    }
    return tasks;
  }

  void run(int lanes, Work work) throws SQLException, ExecutionException, InterruptedException {
    for (var task : start(lanes, work)) {
      task.get();
    }
  }

  /// The first connection, for the calling thread; no lane may be at work.
  Connection first() throws SQLException {
    open(1);
    return open.getFirst();
  }

  private void open(int lanes) throws SQLException {
    while (open.size() < lanes) {
      open.add(database.connect());
    }
  }

  @Override
  public void close() throws SQLException {
    for (var connection : open) {
      connection.close();
    }
  }
}
