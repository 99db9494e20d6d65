package io.sluice.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobId;
import io.sluice.engine.Outcome;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.postgres.EmbeddedPostgres;
import io.sluice.engine.postgres.Login;
import io.sluice.engine.postgres.PostgresSettings;
import io.sluice.engine.testing.EngineDatabase;
import io.sluice.engine.testing.Scratch;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `kill -9` of PostgreSQL, all its processes, at random instants under load.
@Tag("crash")
@Timeout(900)
class DatabaseCrashTest {
  private static final int KILLS = Integer.getInteger("sluice.crash.kills", 5);

  private final Queue<JobId> acknowledged = new ConcurrentLinkedQueue<>();
  private final Semaphore acknowledgements = new Semaphore(0);
  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  void aKilledDatabaseLosesNothingAcknowledgedAndBooksExactlyOnce() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var settings =
        PostgresSettings.in(Scratch.fresh("killed"))
            .withBinaryCache(Scratch.directory("binaries"))
            .withServerSetting("shared_buffers", "64MB");
    try (var postgres = EmbeddedPostgres.start(settings)) {
      prepare(postgres);
      try (var pool = pool(postgres);
          var engine = engine(postgres, pool)) {
        var clients = List.of(load(engine), load(engine));
        for (int kill = 1; kill <= KILLS; kill++) {
          assertThat(acknowledgements.tryAcquire(5 + random.nextInt(60), 60, TimeUnit.SECONDS))
              .as("enqueues go on; seed %d", seed)
              .isTrue();
          kill(postgres);
          assertThat(postgres.awaitRestarts(kill, Duration.ofSeconds(60))).isTrue();
        }
        enough.set(true);
        for (var client : clients) {
          client.join();
        }
        for (var job : acknowledged) {
          assertThat(EngineDatabase.outcome(engine, job, String.class))
              .as("seed %d", seed)
              .isInstanceOf(Outcome.Done.class);
        }
      }
      assertThatEachBookedOnce(postgres, seed);
    }
  }

  private static void prepare(EmbeddedPostgres postgres) throws SQLException {
    try (var owner = connect(postgres, postgres.owner());
        var statement = owner.createStatement()) {
      Engine.migrate(owner);
      Engine.grant(owner, postgres.app().user());
      statement.execute(CrashKinds.TABLES);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres, Login login) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), login.user(), login.password());
  }

  private static HikariDataSource pool(EmbeddedPostgres postgres) {
    var config = new HikariConfig();
    config.setJdbcUrl(postgres.jdbcUrl());
    config.setUsername(postgres.app().user());
    config.setPassword(postgres.app().password());
    config.setMaximumPoolSize(10);
    config.setConnectionTimeout(2_000);
    return new HikariDataSource(config);
  }

  private static Engine engine(EmbeddedPostgres postgres, HikariDataSource pool) {
    return Engine.on(pool)
        .with(EngineDatabase.SETTINGS.withConcurrency(16))
        .handle(
            CrashKinds.BOOKING,
            (_, job) -> {
              job.step("think", String.class, () -> "thought");
              return job.transaction(
                  "book",
                  String.class,
                  tx -> {
                    try (var insert =
                        tx.connection().prepareStatement("insert into effect values (?, 0)")) {
                      insert.setObject(1, job.id().value());
                      insert.execute();
                    }
                    return "booked";
                  });
            })
        .start();
  }

  /// Enqueues one job after the other, and remembers those whose enqueue returned.
  private Thread load(Engine engine) {
    return Thread.ofVirtual()
        .start(() -> {
          while (!enough.get()) {
            try {
              var job =
                  engine.jobs().enqueue(CrashKinds.BOOKING, "x", EnqueueOptions.DEFAULT).job();
              acknowledged.add(job);
              acknowledgements.release();
            } catch (EngineProblem.Database _) {
              // Not acknowledged: it may exist or not.
            }
          }
        });
  }

  private static void kill(EmbeddedPostgres postgres) {
    var postmaster = ProcessHandle.of(postgres.processId()).orElseThrow();
    var backends = new ArrayList<>(postmaster.descendants().toList());
    postmaster.destroyForcibly();
    backends.forEach(ProcessHandle::destroyForcibly);
  }

  private void assertThatEachBookedOnce(EmbeddedPostgres postgres, long seed) throws SQLException {
    try (var owner = connect(postgres, postgres.owner());
        var statement = owner.createStatement();
        var rows =
            statement.executeQuery(
                """
                select (select count(*) from effect), (select count(distinct job) from effect),
                  (select count(*) from sluice_engine.job where state = 'done'),
                  (select count(*) from sluice_engine.job where state = 'deadletter')
                """)) {
      rows.next();
      assertThat(rows.getLong(1)).as("effects; seed %d", seed).isEqualTo(rows.getLong(2));
      assertThat(rows.getLong(3)).isGreaterThanOrEqualTo(acknowledged.size());
      assertThat(rows.getLong(4)).isZero();
    }
  }
}
