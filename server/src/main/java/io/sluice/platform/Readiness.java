package io.sluice.platform;

import io.sluice.engine.engine.Engine;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/// Whether this server can do its work now. Asked each time, never remembered, and answered in two
/// seconds.
@Component
public class Readiness {
  private static final int PATIENCE_SECONDS = 2;

  private final DataSource pool;
  private final Engine engine;
  private final AsyncTaskExecutor executor;

  Readiness(DataSource pool, Engine engine, AsyncTaskExecutor applicationTaskExecutor) {
    this.pool = pool;
    this.engine = engine;
    this.executor = applicationTaskExecutor;
  }

  /// The answer.
  ///
  /// @param ready whether requests and jobs are served
  /// @param database `up`, or what is wrong with it
  /// @param runningJobs in this process
  public record Answer(boolean ready, String database, int runningJobs) {}

  /// Looks.
  public Answer look() {
    var asked = executor.submit(this::ask);
    try {
      asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Answer(true, "up", engine.busy());
    } catch (TimeoutException | ExecutionException _) {
      asked.cancel(true);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return new Answer(
        false, "the database does not answer; it is tried again by itself", engine.busy());
  }

  private boolean ask() throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      return statement.execute("select 1");
    }
  }
}
