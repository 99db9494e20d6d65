package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        "log_rotation_size", "0");
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
    if (lines.stream().anyMatch(line -> line.contains("logging collector"))) {
      newestDaily().ifPresent(daily -> lines.addAll(sinceStart(lastLines(daily))));
    }
    return List.copyOf(lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  private static List<String> sinceStart(List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).contains("starting PostgreSQL ")) {
        return lines.subList(i, lines.size());
      }
    }
    return lines;
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
