package io.sluice.bench.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// One database of the run, as its superuser sees it.
public record Database(String name, int port, String user, String password) {
  /// For JDBC. Rewritten batches suit every subject that uses JDBC batches, and change nothing for
  /// the others.
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/"
        + name
        + "?user="
        + user
        + "&password="
        + password
        + "&reWriteBatchedInserts=true";
  }

  /// For clients that are not Java.
  public String postgresUrl() {
    return "postgres://" + user + ":" + password + "@127.0.0.1:" + port + "/" + name;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /// Runs statements on a connection of their own, each in its own transaction.
  public void execute(String... statements) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
