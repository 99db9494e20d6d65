package io.sluice.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

  @Test
  void givesEachCallerADatabaseOfItsOwn() throws SQLException {
    try (var one = TestDatabase.create();
        var other = TestDatabase.create()) {
      execute(one, "CREATE TABLE mine (id int)");
      assertThat(tableExists(one, "mine")).isTrue();
      assertThat(tableExists(other, "mine")).isFalse();
    }
  }

  @Test
  void fillsATemplateOnceAndCopiesIt() throws SQLException {
    var runs = new AtomicInteger();
    TestDatabase.Migrator migrator =
        template -> {
          runs.incrementAndGet();
          execute(template, "CREATE TABLE ready AS SELECT 42 AS answer");
        };
    try (var one = TestDatabase.createFrom("once", migrator);
        var other = TestDatabase.createFrom("once", migrator)) {
      execute(one, "DROP TABLE ready");
      assertThat(tableExists(other, "ready")).isTrue();
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void dropsADatabaseThatIsStillInUse() throws SQLException {
    var database = TestDatabase.create();
    try (var left = database.connectAsOwner()) {
      database.close();
      assertThatThrownBy(() -> query(left, "SELECT true")).isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(database::connectAsOwner).hasMessageContaining("does not exist");
  }

  @Test
  void letsTheApplicationOwnNothing() throws SQLException {
    try (var database = TestDatabase.create();
        var connection = database.connectAsApp()) {
      assertThatThrownBy(() -> query(connection, "CREATE TABLE mine (id int)"))
          .hasMessageContaining("permission denied");
    }
  }

  private static void execute(TestDatabase database, String sql) throws SQLException {
    try (var connection = database.connectAsOwner();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean tableExists(TestDatabase database, String table) throws SQLException {
    try (var connection = database.connectAsOwner()) {
      return query(connection, "SELECT to_regclass('" + table + "') IS NOT NULL");
    }
  }

  private static boolean query(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getBoolean(1);
    }
  }
}
