package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Where what lies below the data directory. The root is a real path, so that one directory has one
/// name.
record DataDirectory(Path root) {

  /// Makes the directory when it does not exist.
  ///
  /// For root it may be entered by others (0711), since the server user must reach `cluster/` in
  /// it; what is secret inside has a mode of its own.
  static DataDirectory make(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(
            path,
            PosixFilePermissions.fromString(ServerUser.weAreRoot() ? "rwx--x--x" : "rwx------"));
      }
      if (!Files.isWritable(path)) {
        throw notOurs(path, null);
      }
      return new DataDirectory(path.toRealPath());
    } catch (AccessDeniedException e) {
      throw notOurs(path, e);
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(path, e);
    }
  }

  Path cluster() {
    return root.resolve("cluster");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path passwords() {
    return root.resolve("passwords");
  }

  Path port() {
    return root.resolve("port");
  }

  Path binaries() {
    return root.resolve("binaries");
  }

  ServerLog log() {
    return new ServerLog(root.resolve("log"));
  }

  private static PostgresProblem notOurs(Path path, @Nullable Throwable cause) {
    return new PostgresProblem.PermissionDenied(
        path,
        "The user "
            + System.getProperty("user.name")
            + " may not write to the data directory "
            + path
            + ". Give it to that user, or choose another data directory.",
        cause);
  }
}
