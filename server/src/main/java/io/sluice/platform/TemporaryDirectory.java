package io.sluice.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Where files lie for as long as they are worked on: `tmp` in the data directory. What a killed
/// server left there is removed by a later start, a day after.
@Component
public class TemporaryDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryDirectory.class);
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final Path directory;

  TemporaryDirectory(SluiceSettings settings, InstantSource clock) {
    this.directory = settings.data().resolve("tmp");
    try {
      Files.createDirectories(directory);
      removeForgotten(clock);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} could not be cleared: {}", directory, e.toString());
    }
  }

  private void removeForgotten(InstantSource clock) throws IOException {
    var border = clock.instant().minus(FORGOTTEN);
    try (var entries = Files.list(directory)) {
      for (var entry : entries.toList()) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(border)) {
          remove(entry);
        }
      }
    }
  }

  private static void remove(Path entry) throws IOException {
    try (var tree = Files.walk(entry)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /// A new file, for the caller to delete.
  ///
  /// @param use begins its name
  public Path file(String use) throws IOException {
    Files.createDirectories(directory);
    return Files.createTempFile(directory, use + "-", ".bin");
  }
}
