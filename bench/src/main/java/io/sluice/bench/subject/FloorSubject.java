package io.sluice.bench.subject;

import io.sluice.bench.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;
import org.postgresql.util.DriverInfo;

/// Hand-written SQL on one job table, everything in batches, few connections. No retries, no
/// leases, no history of what happened: nobody can do less and still lose no job.
public final class FloorSubject implements Subject, WithSteps, WithHistory, WithTests, WithClaims {
  private static final int INSERT_BATCH = 1000;
  private static final int INSERT_CONNECTIONS = 2;
  private static final int DRAIN_CONNECTIONS = 2;
  private static final int LISTEN_PATIENCE_MILLIS = 500;

  private final Database database;
  private final Floor floor;
  private final Lanes lanes;
  private final Lanes enqueuer;
  private final FloorFunctions functions;
  private final FloorTests tests;
  private final Tally tally = new Tally();
  private volatile boolean stopping;
  private List<FutureTask<Void>> workers = List.of();

  public FloorSubject(Database database, Floor floor) {
    this.database = database;
    this.floor = floor;
    this.lanes = new Lanes(database);
    this.enqueuer = new Lanes(database);
    this.tests = new FloorTests(lanes);
    this.functions = new FloorFunctions(lanes, floor.functionConnections, floor.functionsPerCommit);
  }

  @Override
  public String name() {
    return floor.subject;
  }

  @Override
  public String version() {
    return "SQL, pgjdbc " + DriverInfo.DRIVER_VERSION;
  }

  @Override
  public Map<Question, String> settings() {
    var settings = new EnumMap<Question, String>(Question.class);
    for (var question : floor.questions()) {
      settings.put(question, setting(question));
    }
    return settings;
  }

  private String setting(Question question) {
    return switch (question) {
      case ENQUEUE ->
          "insert … select from unnest, batch=%d, connections=%d"
              .formatted(INSERT_BATCH, INSERT_CONNECTIONS);
      case PICKUP, IDLE -> "insert + pg_notify in one commit, worker blocks on LISTEN then claims";
      case STEPS ->
          "%s, %d connections"
              .formatted(
                  floor.functionsPerCommit == 1
                      ? "one commit a step"
                      : floor.functionsPerCommit + " functions a commit",
                  floor.functionConnections);
      case DRAIN, COST, HISTORY, HELD ->
          "claim batch=%d, connections=%d, finish by %s"
              .formatted(
                  floor.claimBatch,
                  DRAIN_CONNECTIONS,
                  floor == Floor.DELETING ? "delete" : "update");
      case TESTS, CLAIM -> FloorTests.setting(question);
      case ALONE, FANOUT, WATCH, VALIDATE ->
          throw new IllegalArgumentException("the floor is not asked: " + question);
    };
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public void prepare() throws SQLException {
    database.execute(
        FloorSql.CREATE_JOBS,
        FloorSql.CREATE_JOBS_READY,
        FloorSql.CREATE_FUNCTIONS,
        FloorSql.CREATE_STEPS,
        FloorSql.CREATE_TESTS,
        FloorSql.CREATE_REVIEWS,
        FloorSql.CREATE_REVIEWS_NEXT);
  }

  @Override
  public void enqueueAll(int jobs) throws Exception {
    var taken = new AtomicInteger();
    lanes.run(
        INSERT_CONNECTIONS,
        connection -> {
          try (var insert = connection.prepareStatement(FloorSql.INSERT_JOBS)) {
            int from;
            while ((from = taken.getAndAdd(INSERT_BATCH)) < jobs) {
              var payloads = new String[Math.min(INSERT_BATCH, jobs - from)];
              for (int i = 0; i < payloads.length; i++) {
                payloads[i] = payload(from + i);
              }
              insert.setArray(1, connection.createArrayOf("text", payloads));
              insert.executeUpdate();
            }
          }
        });
  }

  @Override
  public Enqueued enqueueOne(int index) throws SQLException {
    var called = System.nanoTime();
    try (var insert = enqueuer.first().prepareStatement(FloorSql.INSERT_JOB_AND_NOTIFY)) {
      insert.setString(1, payload(index));
      insert.executeQuery().close();
    }
    return new Enqueued(called, System.nanoTime());
  }

  @Override
  public Future<Handled> expect(Mode mode, int jobs) {
    return tally.expect(mode, jobs);
  }

  @Override
  public void startWorker(Mode mode) throws SQLException {
    stopping = false;
    workers =
        switch (mode) {
          case DRAIN -> lanes.start(DRAIN_CONNECTIONS, this::drain);
          case PICKUP -> lanes.start(1, this::listen);
          case STEPS -> List.of();
        };
  }

  @Override
  public void stopWorker() throws Exception {
    stopping = true;
    for (var worker : workers) {
      worker.get();
    }
  }

  /// A worker ends when it finds nothing to claim, and it has then finished what it had claimed
  /// before.
  @Override
  public boolean isDrained() {
    return workers.stream().allMatch(FutureTask::isDone);
  }

  @Override
  public long unfinished() throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(FloorSql.COUNT_UNFINISHED)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void runFunctions(int count) throws Exception {
    functions.run(count);
  }

  @Override
  public int functionsPerRound(int asked) {
    return floor == Floor.BATCHED ? asked * 5 : asked;
  }

  @Override
  public void prepareTests(int executions) {
    // They need nothing.
  }

  @Override
  public void runTests(int executions) throws Exception {
    tests.run(executions);
  }

  @Override
  public void askReviews(int items) throws SQLException {
    tests.ask(items);
  }

  @Override
  public void claimReviews(int reviewers, int items) throws Exception {
    tests.claim(reviewers, items);
  }

  @Override
  public void fillHistory(int finished) throws SQLException {
    try (var connection = database.connect();
        var fill = connection.prepareStatement(FloorSql.FILL_FINISHED)) {
      fill.setInt(1, finished);
      fill.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    tests.close();
    lanes.close();
    enqueuer.close();
  }

  private void drain(Connection connection) throws SQLException {
    try (var claim = connection.prepareStatement(FloorSql.CLAIM_JOBS);
        var finish = connection.prepareStatement(floor.finishJobs)) {
      while (!stopping && runBatch(connection, claim, finish)) {
        // Batch after batch, until none is left.
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (var command = connection.createStatement();
        var claim = connection.prepareStatement(FloorSql.CLAIM_JOBS);
        var finish = connection.prepareStatement(floor.finishJobs)) {
      command.execute("listen jobs");
      var notified = true;
      while (!stopping) {
        while (notified && runBatch(connection, claim, finish)) {
          // Until none is left. A notification that comes now is kept by the driver.
        }
        notified = waitForNotification(connection);
      }
      command.execute("unlisten *");
    }
  }

  private static boolean waitForNotification(Connection connection) throws SQLException {
    var driver = connection.unwrap(PGConnection.class);
    var notifications = driver.getNotifications(LISTEN_PATIENCE_MILLIS);
    return notifications != null && notifications.length > 0;
  }

  private boolean runBatch(Connection connection, PreparedStatement claim, PreparedStatement finish)
      throws SQLException {
    claim.setString(1, "w");
    claim.setInt(2, floor.claimBatch);
    var ids = new ArrayList<Long>();
    try (var rows = claim.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
        tally.hit(index(rows.getString(2)));
      }
    }
    if (ids.isEmpty()) {
      return false;
    }
    finish.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
    finish.executeUpdate();
    return true;
  }

  private static String payload(int index) {
    return "{\"i\":" + index + "}";
  }

  private static int index(String payload) {
    return Integer.parseInt(
        payload.substring(payload.indexOf(':') + 1, payload.length() - 1).trim());
  }
}
