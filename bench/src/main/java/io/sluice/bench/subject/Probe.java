package io.sluice.bench.subject;

import io.sluice.bench.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Small questions to a subject's tables, on a connection that stays open.
final class Probe implements AutoCloseable {
  private final Database database;
  private @Nullable Connection connection;

  Probe(Database database) {
    this.database = database;
  }

  boolean isTrue(String query) throws SQLException {
    try (var statement = connection().prepareStatement(query);
        var rows = statement.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  long number(String query) throws SQLException {
    try (var statement = connection().prepareStatement(query);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      connection = database.connect();
    }
    return connection;
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }
}
