package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the kernel says of a process in `/proc`, which it tells everybody, whoever owns the
/// process.
///
/// @param startTicks when it started, in clock ticks since boot: with the number, it names a
///   process for good
record ProcStat(char state, long parent, long group, long session, long startTicks) {

  static Optional<ProcStat> of(long pid) {
    try {
      var line = Files.readString(proc(pid, "stat"), StandardCharsets.ISO_8859_1);
      // The name in parentheses may itself hold blanks and parentheses: count from the last one.
      var fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
      return Optional.of(
          new ProcStat(
              fields[0].charAt(0),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              Long.parseLong(fields[19])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Dead, but nobody took note: in a container whose first process does not reap, that lasts.
  boolean zombie() {
    return state == 'Z' || state == 'X';
  }

  /// The arguments of a process, the program first; one that is empty when it is gone.
  static List<String> arguments(long pid) {
    try {
      var line = Files.readString(proc(pid, "cmdline"), StandardCharsets.UTF_8);
      return List.of(line.split("\0"));
    } catch (IOException e) {
      return List.of("");
    }
  }

  /// Where a process works; empty when it is gone or when the kernel does not tell us.
  static Optional<Path> workingDirectory(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(proc(pid, "cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path proc(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}
