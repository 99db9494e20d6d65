package io.sluice.engine.crash;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sluice.engine.EngineSettings;
import io.sluice.engine.JobContext;
import io.sluice.engine.StepKey;
import io.sluice.engine.Telemetry;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.engine.Engine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/// A worker in a process of its own. Says `READY`, and `LOST <kind>` when a job was taken from it.
final class CrashWorker {
  private final HikariDataSource pool;
  private final HikariDataSource auditPool;
  private final String server;
  private final HttpClient http = HttpClient.newHttpClient();

  private CrashWorker(String url, String user, String password, String server) {
    this.pool = pool(url, user, password);
    this.auditPool = pool(url + "&options=-csynchronous_commit=off", user, password);
    this.server = server;
  }

  /// @param arguments URL, user and password of the database, and the URL of the test's server
  public static void main(String[] arguments) throws IOException {
    new CrashWorker(arguments[0], arguments[1], arguments[2], arguments[3]).work();
  }

  private static HikariDataSource pool(String url, String user, String password) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(6);
    return new HikariDataSource(config);
  }

  private void work() throws IOException {
    var settings =
        EngineSettings.DEFAULT
            .withLease(Duration.ofSeconds(1))
            .withConcurrency(32)
            .withTelemetry(new Lost());
    Engine.on(pool)
        .with(settings)
        .handle(CrashKinds.AUDITED, (_, job) -> audited(job))
        .handle(CrashKinds.BOOKING, (_, job) -> book(job))
        .handle(CrashKinds.CALLING, (_, job) -> call(job))
        .handle(CrashKinds.STALLED, (_, job) -> call(job))
        .handle(CrashKinds.POISON, (in, job) -> poison(in, job))
        .start();
    System.out.println("READY");
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static final class Lost implements Telemetry {
    @Override
    public void leaseLost(String kind) {
      System.out.println("LOST " + kind);
    }
  }

  private String audited(JobContext job) {
    job.step("one", String.class, () -> audit(job, "one"));
    return job.step("two", String.class, () -> audit(job, "two"));
  }

  private String audit(JobContext job, String step) throws SQLException {
    var started = Timestamp.from(Instant.now());
    try (var connection = auditPool.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into audit (job, step, pid, started) values (?, ?, ?, ?)")) {
      insert.setObject(1, job.id().value());
      insert.setString(2, step);
      insert.setLong(3, ProcessHandle.current().pid());
      insert.setTimestamp(4, started);
      insert.execute();
    }
    return step;
  }

  private String book(JobContext job) {
    return job.transaction(
        "book",
        String.class,
        tx -> {
          try (var insert = tx.connection().prepareStatement("insert into effect values (?, ?)")) {
            insert.setObject(1, job.id().value());
            insert.setLong(2, ProcessHandle.current().pid());
            insert.execute();
          }
          return "booked";
        });
  }

  private String call(JobContext job) {
    return job.step(
        "call",
        String.class,
        () -> {
          var request =
              HttpRequest.newBuilder(URI.create(server))
                  .header("Idempotency-Key", StepKey.current().orElseThrow().value())
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build();
          var response = http.send(request, HttpResponse.BodyHandlers.ofString());
          if (response.statusCode() != 200) {
            throw new TransientFailure("http", "status " + response.statusCode());
          }
          return response.body();
        });
  }

  private String poison(String input, JobContext job) throws SQLException {
    audit(job, "ran");
    if (input.equals("poison")) {
      Runtime.getRuntime().halt(137);
    }
    return job.step("swallow", String.class, () -> input);
  }
}
