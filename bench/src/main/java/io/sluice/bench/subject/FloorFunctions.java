package io.sluice.bench.subject;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/// Durable functions of five steps in plain SQL: every step inserts its output and moves the
/// position of its function.
final class FloorFunctions {
  private static final int RUNNING = 1;
  private static final int DONE = 2;

  private final Lanes lanes;
  private final int connections;
  private final int functionsPerCommit;
  private final AtomicLong nextId = new AtomicLong(1);

  FloorFunctions(Lanes lanes, int connections, int functionsPerCommit) {
    this.lanes = lanes;
    this.connections = connections;
    this.functionsPerCommit = functionsPerCommit;
  }

  void run(int functions) throws SQLException, ExecutionException, InterruptedException {
    var first = nextId.getAndAdd(functions);
    var taken = new AtomicInteger();
    lanes.run(
        Math.min(connections, functions),
        connection -> {
          int from;
          while ((from = taken.getAndAdd(functionsPerCommit)) < functions) {
            var count = Math.min(functionsPerCommit, functions - from);
            if (functionsPerCommit == 1) {
              runOne(connection, first + from);
            } else {
              runGroup(connection, first + from, count);
            }
          }
        });
  }

  /// Six commits. The driver keeps statements by their text, so that preparing them again costs
  /// nothing.
  private static void runOne(Connection connection, long id) throws SQLException {
    try (var start = connection.prepareStatement(FloorSql.START_FUNCTION);
        var record = connection.prepareStatement(FloorSql.RECORD_STEP)) {
      start.setLong(1, id);
      start.executeUpdate();
      for (int step = 0; step < WithSteps.STEPS; step++) {
        record.setLong(1, id);
        record.setInt(2, step);
        record.setInt(3, step + 1);
        record.setInt(4, stateAfter(step));
        record.setLong(5, id);
        record.executeUpdate();
      }
    }
  }

  /// Six commits for the whole group.
  private static void runGroup(Connection connection, long first, int count) throws SQLException {
    var ids = LongStream.range(first, first + count).boxed().toArray(Long[]::new);
    var array = connection.createArrayOf("bigint", ids);
    try (var start = connection.prepareStatement(FloorSql.START_FUNCTIONS);
        var record = connection.prepareStatement(FloorSql.RECORD_STEPS)) {
      start.setArray(1, array);
      start.executeUpdate();
      for (int step = 0; step < WithSteps.STEPS; step++) {
        record.setInt(1, step);
        record.setArray(2, array);
        record.setInt(3, step + 1);
        record.setInt(4, stateAfter(step));
        record.setArray(5, array);
        record.executeUpdate();
      }
    }
  }

  private static int stateAfter(int step) {
    return step == WithSteps.STEPS - 1 ? DONE : RUNNING;
  }
}
