package io.sluice.engine.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;

/// Roles and databases: the few statements that need the superuser.
record Databases(Superuser superuser, Passwords passwords) {
  static final String MAIN = "sluice";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LONGEST_NAME_BYTES = 63;

  /// Each step is repeatable, so that a crash between any two is mended by the next start.
  void prepare() throws SQLException {
    try (var connection = superuser.connect("template1", PATIENCE)) {
      makeRole(connection, passwords.owner());
      makeRole(connection, passwords.app());
      closePublicSchema(connection);
    }
    try (var connection = superuser.connect(Superuser.MAINTENANCE, PATIENCE)) {
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", MAIN)) {
        execute(connection, "CREATE DATABASE " + MAIN + " OWNER " + Passwords.OWNER);
      }
    }
  }

  void create(String name) {
    change("create", name, "CREATE DATABASE %s OWNER %s".formatted(quoted(name), Passwords.OWNER));
  }

  void createFrom(String template, String name) {
    change(
        "create",
        name,
        "CREATE DATABASE %s OWNER %s TEMPLATE %s"
            .formatted(quoted(name), Passwords.OWNER, quoted(template)));
  }

  /// Ends the sessions that still use it.
  void drop(String name) {
    change("drop", name, "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(quoted(name)));
  }

  private void change(String action, String name, String statement) {
    try (var connection = superuser.connect(Superuser.MAINTENANCE, PATIENCE)) {
      execute(connection, statement);
    } catch (SQLException e) {
      throw new PostgresProblem.DatabaseRefused(name, action, e);
    }
  }

  /// Role and password in one transaction. The driver turns the password into its SCRAM verifier
  /// first: the server never sees it, and so cannot write it into its log.
  private static void makeRole(Connection connection, Login login) throws SQLException {
    if (exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", login.user())) {
      return;
    }
    connection.setAutoCommit(false);
    execute(
        connection,
        "CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE".formatted(login.user()));
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(login.user(), login.password().toCharArray(), "scram-sha-256");
    connection.commit();
    connection.setAutoCommit(true);
  }

  /// Version 14 still lets everybody make tables in `public`; from 15 on this changes nothing.
  private static void closePublicSchema(Connection connection) throws SQLException {
    execute(connection, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    execute(connection, "ALTER SCHEMA public OWNER TO pg_database_owner");
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > LONGEST_NAME_BYTES || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "The name of a database has 1 to " + LONGEST_NAME_BYTES + " bytes: " + name);
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
