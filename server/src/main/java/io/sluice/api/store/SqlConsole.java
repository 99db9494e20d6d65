package io.sluice.api.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Runs an operator's own query, reading only: PostgreSQL itself refuses everything else.
@Repository
public class SqlConsole {
  private static final int MOST_ROWS = 1000;

  static final String READ_ONLY = "set transaction read only";
  static final String PATIENCE = "set local statement_timeout = '30s'";

  /// What a query returned.
  ///
  /// @param truncated whether there were more rows
  public record Answer(
      List<String> columns, List<List<@Nullable Object>> rows, boolean truncated) {}

  private final DataSource pool;

  SqlConsole(DataSource pool) {
    this.pool = pool;
  }

  /// Runs one query in a read-only transaction that is rolled back.
  public Answer run(String query) throws SQLException {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        return read(connection, query);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static Answer read(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(READ_ONLY);
      statement.execute(PATIENCE);
    }
    // Prepared, so that it can be one statement only: what follows a semicolon could leave the
    // transaction.
    try (var statement = connection.prepareStatement(query)) {
      statement.setMaxRows(MOST_ROWS + 1);
      return statement.execute()
          ? answer(statement.getResultSet())
          : new Answer(List.of(), List.of(), false);
    }
  }

  private static Answer answer(ResultSet rows) throws SQLException {
    var meta = rows.getMetaData();
    var columns = new ArrayList<String>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(meta.getColumnLabel(i));
    }
    var read = new ArrayList<List<@Nullable Object>>();
    while (rows.next() && read.size() < MOST_ROWS) {
      var row = new ArrayList<@Nullable Object>();
      for (int i = 1; i <= columns.size(); i++) {
        row.add(value(rows, i, meta.getColumnType(i)));
      }
      read.add(row);
    }
    return new Answer(columns, read, read.size() == MOST_ROWS && !rows.isAfterLast());
  }

  private static @Nullable Object value(ResultSet rows, int column, int type) throws SQLException {
    var value =
        switch (type) {
          case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> (Object) rows.getLong(column);
          case Types.REAL, Types.FLOAT, Types.DOUBLE -> rows.getDouble(column);
          case Types.BIT, Types.BOOLEAN -> rows.getBoolean(column);
          default -> rows.getString(column);
        };
    return rows.wasNull() ? null : value;
  }
}
