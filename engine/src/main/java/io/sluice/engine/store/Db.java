package io.sluice.engine.store;

import io.sluice.engine.EngineProblem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/// Runs statements. Every method takes one connection from the pool and gives it back.
public final class Db {
  private static final int DEADLOCK_ATTEMPTS = 4;

  private final DataSource pool;

  /// On a pool whose connections are in autocommit mode.
  public Db(DataSource pool) {
    this.pool = pool;
  }

  /// Sets the parameters of a statement.
  @FunctionalInterface
  public interface Binder {
    /// Nothing to set.
    Binder NONE = _ -> {};

    /// Sets them.
    void bind(PreparedStatement statement) throws SQLException;
  }

  /// Reads one row.
  @FunctionalInterface
  public interface Reader<T> {
    /// Reads it.
    T read(ResultSet row) throws SQLException;
  }

  /// Work on a connection.
  @FunctionalInterface
  public interface Work<T> {
    /// Does it.
    T on(Connection connection) throws SQLException;
  }

  /// One statement that returns rows, committed by itself.
  public <T> List<T> query(Sql sql, Binder binder, Reader<T> reader) {
    return with("reading", connection -> query(connection, sql, binder, reader));
  }

  /// As above, for at most one row.
  public <T> Optional<T> first(Sql sql, Binder binder, Reader<T> reader) {
    return query(sql, binder, reader).stream().findFirst();
  }

  /// One statement that changes rows, committed by itself.
  ///
  /// @return how many it changed
  public int update(Sql sql, Binder binder) {
    return with("writing", connection -> update(connection, sql, binder));
  }

  /// Work in a transaction; done again when it lost a deadlock. The connection comes back as it
  /// went, also after a failure.
  public <T> T inTransaction(String doing, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return with(doing, connection -> transact(connection, work));
      } catch (EngineProblem.Database e) {
        if (attempt == DEADLOCK_ATTEMPTS || !lostADeadlock(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean lostADeadlock(EngineProblem.Database problem) {
    return problem.getCause() instanceof SQLException sql
        && ("40P01".equals(sql.getSQLState()) || "40001".equals(sql.getSQLState()));
  }

  /// Work on a connection in autocommit mode.
  public <T> T with(String doing, Work<T> work) {
    try (var connection = pool.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new EngineProblem.Database(doing, e);
    }
  }

  /// A connection of the caller's, for work that must tell a failed commit from a failed statement.
  public Connection connection() throws SQLException {
    return pool.getConnection();
  }

  private static <T> T transact(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      var result = work.on(connection);
      connection.commit();
      return result;
    } catch (Throwable e) {
      rollback(connection, e);
      throw e;
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  private static void rollback(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /// Many ids as one parameter, for `?::uuid[]`: the driver's own arrays escape what needs none.
  static <T> String array(Collection<T> of, Function<T, UUID> id) {
    var text = new StringBuilder(2 + 37 * of.size()).append('{');
    for (var one : of) {
      text.append(text.length() > 1 ? "," : "").append(id.apply(one));
    }
    return text.append('}').toString();
  }

  /// A statement that returns rows, in the caller's transaction.
  public static <T> List<T> query(Connection connection, Sql sql, Binder binder, Reader<T> reader)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql.text())) {
      binder.bind(statement);
      try (var rows = statement.executeQuery()) {
        var out = new ArrayList<T>();
        while (rows.next()) {
          out.add(reader.read(rows));
        }
        return out;
      }
    }
  }

  /// As above, for at most one row.
  public static <T> Optional<T> first(
      Connection connection, Sql sql, Binder binder, Reader<T> reader) throws SQLException {
    return query(connection, sql, binder, reader).stream().findFirst();
  }

  /// A statement that changes rows, in the caller's transaction.
  public static int update(Connection connection, Sql sql, Binder binder) throws SQLException {
    try (var statement = connection.prepareStatement(sql.text())) {
      binder.bind(statement);
      return statement.executeUpdate();
    }
  }
}
