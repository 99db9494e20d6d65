package io.sluice.engine.postgres;

import static io.sluice.engine.postgres.TestServers.execute;
import static io.sluice.engine.postgres.TestServers.likeChild;
import static io.sluice.engine.postgres.TestServers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.testing.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Kills the process that started the server.
class CrashTest {

  @Test
  void adoptsTheServerOfAKilledProcess() throws Exception {
    var directory = TestServers.prepared("adopted");
    try (var child = ChildJvm.start(directory)) {
      var postmaster = child.postmaster();
      child.kill();
      try (var postgres = EmbeddedPostgres.start(likeChild(directory))) {
        assertThat(postgres.processId()).isEqualTo(postmaster);
        execute(postgres, "CREATE TABLE committed AS SELECT 42 AS answer");
        // An adopted server is supervised like any other, although it is nobody's child.
        TestServers.kill(postmaster);
        assertThat(postgres.awaitRestarts(1, Duration.ofSeconds(30))).isTrue();
        assertThat(query(postgres, "SELECT answer FROM committed")).isEqualTo("42");
      }
      assertThat(Postmaster.find(directory.resolve("cluster"))).isEmpty();
    }
  }

  @Test
  void restartsAnAdoptedServerThatRunsWithOtherSettings() throws Exception {
    var directory = TestServers.prepared("resettled");
    try (var child = ChildJvm.start(directory)) {
      var postmaster = child.postmaster();
      child.kill();
      var other = likeChild(directory).withServerSetting("work_mem", "5MB");
      try (var postgres = EmbeddedPostgres.start(other)) {
        assertThat(postgres.processId()).isNotEqualTo(postmaster);
        assertThat(query(postgres, "SHOW work_mem")).isEqualTo("5MB");
      }
    }
  }

  @Test
  void replacesAServerOfAKilledProcessThatDoesNotAnswer() throws Exception {
    var directory = TestServers.prepared("frozen");
    try (var child = ChildJvm.start(directory)) {
      var postmaster = child.postmaster();
      child.kill();
      var frozen = ProcStat.of(postmaster).orElseThrow();
      new ProcessBuilder("kill", "-STOP", Long.toString(postmaster)).start().waitFor();
      try (var postgres = EmbeddedPostgres.start(likeChild(directory))) {
        assertThat(TestServers.gone(postmaster, frozen.startTicks())).isTrue();
        assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void refusesADirectoryThatAnotherProcessOwns() throws Exception {
    var directory = TestServers.prepared("owned");
    try (var child = ChildJvm.start(directory)) {
      var postmaster = child.postmaster();
      assertThatThrownBy(() -> EmbeddedPostgres.start(likeChild(directory)))
          .isInstanceOf(PostgresProblem.DataDirectoryInUse.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("process " + child.pid());
      var running = ProcStat.of(postmaster).orElseThrow();
      child.finish();
      assertThat(TestServers.gone(postmaster, running.startTicks())).isTrue();
    }
  }

  @Test
  void stopsTheServerWhenAProcessIsToldToEnd() throws Exception {
    var directory = TestServers.prepared("terminated");
    try (var child = ChildJvm.start(directory)) {
      var postmaster = child.postmaster();
      var running = ProcStat.of(postmaster).orElseThrow();
      child.terminate();
      assertThat(TestServers.gone(postmaster, running.startTicks())).isTrue();
      assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void leavesNothingHalfDoneWhenInitdbIsCutShort() throws Exception {
    var directory = Scratch.fresh("interrupted");
    Files.createDirectories(directory);
    if (Scratch.runsAsRoot()) {
      new ProcessBuilder("chmod", "755", directory.toString()).start().waitFor();
    }
    try (var events = directory.getFileSystem().newWatchService()) {
      directory.register(events, StandardWatchEventKinds.ENTRY_CREATE);
      try (var child = ChildJvm.start(directory)) {
        awaitDraftWithFiles(directory, events);
        child.kill();
      }
    }
    assertThat(drafts(directory)).isNotEmpty();
    assertThat(directory.resolve("cluster")).doesNotExist();
    try (var postgres = EmbeddedPostgres.start(likeChild(directory))) {
      assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
      assertThat(drafts(directory)).isEmpty();
    }
  }

  private static void awaitDraftWithFiles(Path directory, WatchService events)
      throws InterruptedException, IOException {
    while (drafts(directory).isEmpty()) {
      var key = events.poll(30, TimeUnit.SECONDS);
      assertThat(key).as("initdb begins").isNotNull();
      key.reset();
    }
    var draft = drafts(directory).getFirst();
    while (!Files.exists(draft.resolve("postgresql.conf"))) {
      Thread.onSpinWait();
    }
  }

  private static List<Path> drafts(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("cluster.init-"))
          .filter(Files::isDirectory)
          .toList();
    }
  }
}
