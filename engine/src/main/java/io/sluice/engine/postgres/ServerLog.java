package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the server tells: one file for each day of the week, overwritten a week later, and one for
/// what it says before its own log is open.
record ServerLog(Path directory) {
  private static final Logger log = LoggerFactory.getLogger(ServerLog.class);
  private static final int POLL_MILLIS = 20;
  private static final int TAIL_LINES = 20;
  private static final long TAIL_BYTES = 16_384;

  Map<String, String> settings() {
    return Map.of(
        "logging_collector", "on",
        "log_destination", "stderr",
        "log_directory", directory.toString(),
        "log_filename", "postgres-%a.log",
        "log_truncate_on_rotation", "on",
        "log_rotation_age", "1d",
        "log_rotation_size", "0",
        "log_line_prefix", "%m [%p] ");
  }

  /// Standard output and error of the postmaster.
  Path startFile() {
    return directory.resolve("start.log");
  }

  /// Makes the directory, and empties the file of the last start.
  void prepare(ServerUser owner) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(directory);
        owner.own(directory);
      }
      Files.deleteIfExists(startFile());
      Files.createFile(startFile());
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(directory, e);
    }
  }

  /// The last lines that this start wrote: to its own file, and from a certain point on to the
  /// daily one.
  List<String> tail() {
    var lines = new ArrayList<>(lastLines(startFile()));
    var handedOver = lines.stream().filter(line -> line.contains("logging collector")).findFirst();
    handedOver
        .map(ServerLog::process)
        .ifPresent(process -> lines.addAll(linesSinceStartOf(process)));
    return List.copyOf(lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /// Waits until a server that has ended has also told its daily log so, which a process of its own
  /// writes.
  void awaitEnd(Duration patience) throws InterruptedException {
    var deadline = Deadline.in(patience);
    while (!deadline.passed()
        && lastLines(startFile()).stream().anyMatch(line -> line.contains("logging collector"))
        && !lastLine().contains("database system is shut down")) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /// The process that wrote a line, in brackets, as the prefix of every line has it.
  private static String process(String line) {
    var open = line.indexOf('[');
    return open < 0 ? "" : line.substring(open, line.indexOf(']', open) + 1);
  }

  private List<String> linesSinceStartOf(String process) {
    var lines = newestDaily().map(ServerLog::lastLines).orElse(List.of());
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).contains(process + " LOG:  starting PostgreSQL ")) {
        return lines.subList(i, lines.size());
      }
    }
    return List.of();
  }

  /// For telling how far a recovery is.
  String lastLine() {
    var lines = tail();
    return lines.isEmpty() ? "(its log is empty)" : lines.getLast();
  }

  private Optional<Path> newestDaily() {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("postgres-.*\\.log"))
          .max(Comparator.comparingLong(ServerLog::modified));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }

  private static List<String> lastLines(Path file) {
    try (var channel = Files.newByteChannel(file)) {
      var start = Math.max(0, channel.size() - TAIL_BYTES);
      channel.position(start);
      var buffer = ByteBuffer.allocate((int) TAIL_BYTES);
      while (buffer.hasRemaining() && channel.read(buffer) > 0) {}
      var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).skip(start > 0 ? 1 : 0).toList();
    } catch (IOException e) {
      log.debug("No log in {}", file, e);
      return List.of();
    }
  }
}
