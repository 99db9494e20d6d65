package io.sluice.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;

/// Directories for tests: under `target/`, or, when the tests run as root in a checkout that the
/// server's user cannot enter, under `/tmp`.
public final class Scratch {
  private Scratch() {}

  /// A directory that may hold what earlier runs left in it.
  public static Path directory(String name) {
    var target = Path.of("target").toAbsolutePath();
    var base =
        runsAsRoot() && !openToAll(target)
            ? Path.of("/tmp", "sluice-tests-" + Integer.toHexString(target.hashCode()))
            : target.resolve("scratch");
    try {
      return Files.createDirectories(base.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A name for a directory that nobody used before. What is made there is deleted when this JVM
  /// ends: a database is some 40 MB.
  public static Path fresh(String name) {
    try {
      var directory = Files.createTempDirectory(directory("runs"), name + "-");
      Files.delete(directory);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path root) {
    try (var files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException _) {
      // Never made, or still in use by what a failed test left running: the next clean build
      // deletes it.
    }
  }

  public static boolean runsAsRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean openToAll(Path directory) {
    try {
      for (Path parent = directory; parent != null; parent = parent.getParent()) {
        var mode = Files.getPosixFilePermissions(parent);
        if (!mode.contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
