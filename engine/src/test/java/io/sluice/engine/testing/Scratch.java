package io.sluice.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

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

  /// A directory that nobody used before, in a parent of which earlier runs' remains can be deleted
  /// at leisure.
  public static Path fresh(String name) {
    try {
      var directory = Files.createTempDirectory(directory("runs"), name + "-");
      Files.delete(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
