package io.sluice.engine.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Connections of this package's own, each for a few statements.
record Superuser(int port, Login login) {
  static final String MAINTENANCE = "postgres";
  private static final String HOST = "127.0.0.1";

  /// The driver itself and not `DriverManager`, which does not see drivers in every class loader.
  Connection connect(String database, Duration timeout) throws SQLException {
    var properties = new Properties();
    PGProperty.USER.set(properties, login.user());
    PGProperty.PASSWORD.set(properties, login.password());
    PGProperty.APPLICATION_NAME.set(properties, "sluice-supervisor");
    PGProperty.CONNECT_TIMEOUT.set(properties, (int) timeout.toSeconds());
    PGProperty.SOCKET_TIMEOUT.set(properties, (int) timeout.toSeconds());
    var connection = new Driver().connect(jdbcUrl(port, database), properties);
    if (connection == null) {
      throw new SQLException("The driver does not know " + jdbcUrl(port, database));
    }
    return connection;
  }

  static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
  }
}
