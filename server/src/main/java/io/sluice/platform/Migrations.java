package io.sluice.platform;

import io.sluice.engine.engine.Engine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.flywaydb.core.Flyway;

/// Brings the schema up to date, as the owner, before anything else touches the database.
final class Migrations {
  private Migrations() {}

  /// Migrates, and lets the runtime role in.
  static void run(DatabaseAccess database) throws SQLException {
    try (var owner = connect(database.owner())) {
      Engine.migrate(owner);
    }
    var role = database.owner();
    Flyway.configure()
        .dataSource(role.url(), role.user(), role.password())
        .schemas("sluice")
        .defaultSchema("sluice")
        .locations("classpath:db/migration")
        .load()
        .migrate();
    var runtime = database.runtimeRole();
    if (runtime != null) {
      try (var owner = connect(database.owner())) {
        Engine.grant(owner, runtime);
        grant(owner, runtime);
      }
    }
  }

  private static void grant(Connection owner, String role) throws SQLException {
    var quoted = '"' + role.replace("\"", "\"\"") + '"';
    try (var s = owner.createStatement()) {
      s.execute("grant usage on schema sluice, upload_pipeline to " + quoted);
      s.execute("grant select, insert, update, delete on all tables in schema sluice to " + quoted);
      s.execute("grant usage on all sequences in schema sluice to " + quoted);
      s.execute("grant select on all tables in schema upload_pipeline to " + quoted);
    }
  }

  private static Connection connect(DatabaseAccess.Role role) throws SQLException {
    var properties = new Properties();
    if (role.user() != null) {
      properties.setProperty("user", role.user());
    }
    if (role.password() != null) {
      properties.setProperty("password", role.password());
    }
    return DriverManager.getConnection(role.url(), properties);
  }
}
