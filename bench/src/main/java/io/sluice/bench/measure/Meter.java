package io.sluice.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.bench.postgres.BenchDatabase;
import io.sluice.bench.subject.Subject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Reads the counters. Its connection is to the database `postgres`, so that it is not counted
/// among a subject's.
public final class Meter implements AutoCloseable {
  /// A backend reports its commits when it has been idle for 10 s at the latest.
  private static final Duration SETTLING = Duration.ofSeconds(11);

  private static final String READ_COUNTERS =
      """
      select xact_commit, pg_current_wal_insert_lsn() - '0/0'::pg_lsn
      from pg_stat_database where datname = ?
      """;

  private final Connection connection;
  private final long postmasterPid;
  private final OperatingSystemMXBean jvm =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public Meter(BenchDatabase server) throws SQLException {
    this.connection = server.database("postgres").connect();
    this.postmasterPid = server.postmasterPid();
  }

  public Snapshot read(Subject subject) throws SQLException, IOException {
    try (var query = connection.prepareStatement(READ_COUNTERS)) {
      query.setString(1, subject.database().name());
      try (var rows = query.executeQuery()) {
        rows.next();
        return new Snapshot(
            System.nanoTime(),
            rows.getLong(1),
            rows.getLong(2),
            ProcStat.ofPostgres(postmasterPid),
            clientSeconds(subject),
            ProcStat.ofMachine());
      }
    }
  }

  /// Waits until every backend has reported its commits.
  public void settle() throws InterruptedException {
    Thread.sleep(SETTLING);
  }

  public void checkpoint() throws SQLException {
    execute("CHECKPOINT");
  }

  public void execute(String command) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private double clientSeconds(Subject subject) {
    var others = subject.processes().stream().mapToDouble(p -> ProcStat.ofProcess(p.pid())).sum();
    return jvm.getProcessCpuTime() / 1e9 + others;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
