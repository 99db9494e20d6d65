package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process that is, beyond doubt, the postmaster of our cluster.
///
/// @param startTicks tells it from a later process with the same number
/// @param port empty in the first instant of its life
/// @param program the file it was started from
record Postmaster(long pid, long startTicks, OptionalInt port, String program) {
  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
  private static final Duration COMMAND = Duration.ofSeconds(20);
  private static final int PORT_LINE = 3;
  private static final int POLL_MILLIS = 20;

  /// The living postmaster of this cluster, if there is one.
  static Optional<Postmaster> find(Path cluster) {
    var lines = lines(cluster.resolve("postmaster.pid"));
    var pid = pidIn(lines);
    return pid.flatMap(ProcStat::of)
        .filter(process -> !process.zombie() && servesCluster(pid.orElseThrow(), cluster))
        .map(process ->
            new Postmaster(
                pid.orElseThrow(),
                process.startTicks(),
                portIn(lines),
                ProcStat.arguments(pid.orElseThrow()).getFirst()));
  }

  /// The files that PostgreSQL leaves in the cluster when it is killed: its own lock and that of
  /// its socket.
  ///
  /// Usually PostgreSQL sees itself that they are stale. Not so when another process of the same
  /// user got the number, or when the dead process is still listed: then we, who looked closer,
  /// delete them. Two postmasters on one cluster remain impossible: PostgreSQL also checks who is
  /// attached to the cluster's shared memory.
  static void deleteStaleLocks(Path cluster) {
    if (find(cluster).isPresent()) {
      return;
    }
    try (var locks = Files.newDirectoryStream(cluster, "{postmaster.pid,.s.PGSQL.*.lock}")) {
      for (var lock : locks) {
        var pid = pidIn(lines(lock));
        if (pid.flatMap(ProcStat::of).isPresent()) {
          log.info("{} names process {}, which is not our server", lock, pid.orElseThrow());
          Files.deleteIfExists(lock);
        }
      }
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(cluster, e);
    }
  }

  boolean alive() {
    return ProcStat.of(pid)
        .filter(process -> !process.zombie() && process.startTicks() == startTicks)
        .isPresent();
  }

  /// Stops the server: fast (open transactions are rolled back), then at once, then by force, each
  /// after waiting as long as `patience`. Whichever it was, nothing committed is lost. Ignores
  /// interrupts until the server is gone.
  void stop(Installation installation, Duration patience) {
    var interrupted = Thread.interrupted();
    try {
      for (var mode : List.of("fast", "immediate")) {
        if (signalled(installation, mode) && awaitEnd(patience)) {
          return;
        }
        log.warn("PostgreSQL (process {}) did not stop ({}) within {}", pid, mode, patience);
      }
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      awaitEnd(patience);
      Strays.killChildrenIn(installation.cluster());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean signalled(Installation installation, String mode) {
    if (!alive()) {
      return true;
    }
    var cluster = installation.cluster().toString();
    var command = List.of(installation.binaries().pgCtl(), "stop", "-W", "-D", cluster, "-m", mode);
    var outcome = installation.user().run(command, COMMAND);
    if (!outcome.succeeded() && alive()) {
      log.warn("pg_ctl stop -m {}: {}", mode, outcome.output().strip());
      return false;
    }
    return true;
  }

  private boolean awaitEnd(Duration patience) {
    var deadline = Deadline.in(patience);
    var interrupted = false;
    while (alive() && !deadline.passed()) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !alive();
  }

  /// Its children overwrite their arguments, so the full program path belongs to the postmaster
  /// alone. The directory it works in counts too, for a cluster that was moved while it ran, where
  /// the kernel lets us see it.
  private static boolean servesCluster(long pid, Path cluster) {
    var arguments = ProcStat.arguments(pid);
    if (!arguments.getFirst().endsWith("/postgres")) {
      return false;
    }
    var option = arguments.indexOf("-D");
    var named = option >= 0 && arguments.size() > option + 1 ? arguments.get(option + 1) : "";
    return named.equals(cluster.toString())
        || ProcStat.workingDirectory(pid).filter(cluster::equals).isPresent();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Long> pidIn(List<String> lines) {
    try {
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(Long.parseLong(lines.getFirst().strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static OptionalInt portIn(List<String> lines) {
    try {
      return lines.size() > PORT_LINE
          ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
          : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
