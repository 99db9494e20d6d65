package io.sluice.guard.work;

import io.sluice.testing.SharedServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// The shared server's database, until it is cut off.
final class CutDataSource extends DelegatingDataSource {
  private volatile boolean cut;

  CutDataSource() {
    super(SharedServer.database().dataSource(SharedServer.database().app()));
  }

  void cut(boolean value) {
    cut = value;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (cut) {
      throw new SQLException("the database is away", "08001");
    }
    return super.getConnection();
  }
}
