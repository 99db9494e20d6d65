package io.sluice.platform;

import io.sluice.engine.engine.Engine;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/// Whether this server can do its work now. Asked each time, never remembered.
@Component
public class Readiness {
  private static final int PATIENCE_SECONDS = 2;

  private final DataSource pool;
  private final Engine engine;

  Readiness(DataSource pool, Engine engine) {
    this.pool = pool;
    this.engine = engine;
  }

  /// The answer.
  ///
  /// @param ready whether requests and jobs are served
  /// @param database `up`, or what is wrong with it
  /// @param runningJobs in this process
  public record Answer(boolean ready, String database, int runningJobs) {}

  /// Looks.
  public Answer look() {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      statement.execute("select 1");
      return new Answer(true, "up", engine.busy());
    } catch (SQLException e) {
      return new Answer(false, "the database does not answer; it is tried again by itself", engine.busy());
    }
  }
}
