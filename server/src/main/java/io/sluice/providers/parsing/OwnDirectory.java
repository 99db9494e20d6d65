package io.sluice.providers.parsing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The directory that one parser process works in.
final class OwnDirectory {

  private static final String PREFIX = "sluice-parser-";

  private OwnDirectory() {}

  static Path create(Path parent) throws IOException {
    Files.createDirectories(parent);
    return Files.createTempDirectory(parent, PREFIX);
  }

  /// Best effort, and only for directories that [#create] has made.
  static void delete(Path directory) {
    Path name = directory.getFileName();
    if (name == null || !name.toString().startsWith(PREFIX)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | RuntimeException _) {
      // A leftover in a temporary directory.
    }
  }
}
