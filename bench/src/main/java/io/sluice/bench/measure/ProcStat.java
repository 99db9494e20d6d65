package io.sluice.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// CPU seconds out of Linux's `/proc`, with its resolution of 10 ms.
final class ProcStat {
  private static final double TICKS_PER_SECOND = 100;

  private ProcStat() {}

  /// The CPU seconds of a process, and its parent.
  record Process(long parentPid, double ownSeconds, double reapedSeconds) {}

  /// Empty when the process is gone.
  static Optional<Process> process(Path directory) {
    String stat;
    try {
      stat = Files.readString(directory.resolve("stat"));
    } catch (IOException _) {
      return Optional.empty();
    }
    // After the closing parenthesis of the command: state, ppid, … utime, stime, cutime, cstime at
    // 11 to 14.
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Optional.of(
        new Process(
            Long.parseLong(fields[1]),
            seconds(fields[11]) + seconds(fields[12]),
            seconds(fields[13]) + seconds(fields[14])));
  }

  /// A process alone, without its children.
  static double ofProcess(long pid) {
    return process(Path.of("/proc", Long.toString(pid))).map(Process::ownSeconds).orElse(0.0);
  }

  /// The postmaster, its living backends, and those that it reaped.
  static double ofPostgres(long postmasterPid) throws IOException {
    double seconds = 0;
    try (var directories = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var directory : directories) {
        var isPostmaster = directory.endsWith(Long.toString(postmasterPid));
        var process = process(directory);
        if (process.isEmpty()) {
          continue;
        }
        if (isPostmaster) {
          seconds += process.get().ownSeconds() + process.get().reapedSeconds();
        } else if (process.get().parentPid() == postmasterPid) {
          seconds += process.get().ownSeconds();
        }
      }
    }
    return seconds;
  }

  /// All that ran on the machine: user, nice, system, irq, softirq and what the hypervisor gave to
  /// others.
  static double ofMachine() throws IOException {
    var fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split("\\s+", -1);
    double seconds = 0;
    for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
      seconds += seconds(fields[field]);
    }
    return seconds;
  }

  private static double seconds(String ticks) {
    return Long.parseLong(ticks) / TICKS_PER_SECOND;
  }
}
