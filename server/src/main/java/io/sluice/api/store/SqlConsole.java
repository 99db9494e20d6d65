package io.sluice.api.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.springframework.stereotype.Repository;

/// Runs an operator's own query, reading only. Three walls, each of which would do for an honest
/// mistake: one statement, of a kind that reads; a transaction that PostgreSQL itself keeps from
/// writing; a rollback.
@Repository
public class SqlConsole {
  private static final int MOST_ROWS = 1000;

  /// So that rows of a megabyte each do not fill the memory.
  private static final long MOST_CHARACTERS = 8_000_000;

  private static final int ROWS_A_FETCH = 20;
  private static final Set<String> READING =
      Set.of("select", "with", "values", "table", "show", "explain");

  static final String READ_ONLY = "set transaction read only";

  /// The short names of the documents pipeline mean its views.
  static final String NAMES =
      "set local search_path = upload_pipeline, sluice, sluice_engine, public";

  static final String PATIENCE = "select set_config('statement_timeout', ?, true)";

  /// A query may take locks that outlive its transaction; the connection goes back to the pool
  /// without them.
  static final String UNLOCK = "select pg_advisory_unlock_all()";

  /// What a query returned.
  ///
  /// @param truncated whether there was more
  public record Answer(
      List<String> columns, List<List<@Nullable Object>> rows, boolean truncated) {}

  private final DataSource pool;

  SqlConsole(DataSource pool) {
    this.pool = pool;
  }

  /// Runs one query in a read-only transaction that is rolled back.
  ///
  /// @param patience how long it may run
  /// @throws IllegalArgumentException if it is not one statement that reads
  public Answer run(String query, Duration patience) throws SQLException {
    var statement = onlyStatement(query);
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        prepare(connection, patience);
        return read(connection, statement);
      } finally {
        leave(connection);
      }
    }
  }

  /// The driver's own parser decides where statements end: it is the one that would split them.
  /// What it takes for one statement is sent as one, and PostgreSQL refuses a second one in it.
  private static String onlyStatement(String query) throws SQLException {
    List<NativeQuery> parts = Parser.parseJdbcSql(query, true, false, true, false, false);
    if (parts.size() != 1) {
      throw new IllegalArgumentException("Send one statement at a time, not " + parts.size());
    }
    var text = parts.getFirst().nativeSql;
    if (!READING.contains(firstWord(text))) {
      throw new IllegalArgumentException(
          "Only what reads is run here: select, with, values, table, show, explain");
    }
    return text;
  }

  private static String firstWord(String text) {
    var plain = text.replaceAll("(?s)/\\*.*?\\*/", " ").replaceAll("--[^\\n]*", " ").strip();
    int end = 0;
    while (end < plain.length() && Character.isLetter(plain.charAt(end))) {
      end++;
    }
    return end == 0 && plain.startsWith("(")
        ? "select"
        : plain.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private static void prepare(Connection connection, Duration patience) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(READ_ONLY);
      statement.execute(NAMES);
    }
    try (var statement = connection.prepareStatement(PATIENCE)) {
      statement.setString(1, patience.toMillis() + "ms");
      statement.execute();
    }
  }

  private static Answer read(Connection connection, String query) throws SQLException {
    // Not prepared: a question mark is an operator here, not a parameter.
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setFetchSize(ROWS_A_FETCH);
      statement.setMaxRows(MOST_ROWS + 1);
      return statement.execute(query)
          ? answer(statement.getResultSet())
          : new Answer(List.of(), List.of(), false);
    }
  }

  private static void leave(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
    try (var statement = connection.createStatement()) {
      statement.execute(UNLOCK);
    }
  }

  private static Answer answer(ResultSet rows) throws SQLException {
    var meta = rows.getMetaData();
    var columns = new ArrayList<String>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(meta.getColumnLabel(i));
    }
    var read = new ArrayList<List<@Nullable Object>>();
    long characters = 0;
    while (rows.next()) {
      if (read.size() == MOST_ROWS || characters > MOST_CHARACTERS) {
        return new Answer(columns, read, true);
      }
      var row = new ArrayList<@Nullable Object>();
      for (int i = 1; i <= columns.size(); i++) {
        var value = value(rows, i, meta.getColumnType(i));
        characters += value instanceof String text ? text.length() : Long.BYTES;
        row.add(value);
      }
      read.add(row);
    }
    return new Answer(columns, read, false);
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
