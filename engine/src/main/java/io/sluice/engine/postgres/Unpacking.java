package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Unpacks an archive into a directory that others may read, since the server user need not be us.
final class Unpacking {
  private static final int EXECUTABLE = 0100;

  private Unpacking() {}

  static void into(Path directory, Archive archive) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive.open()))) {
      open(directory);
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(directory, entry, tar);
      }
    } catch (NoClassDefFoundError e) {
      throw new PostgresProblem.BinariesMissing(
          "Unpacking PostgreSQL's binaries needs org.apache.commons:commons-compress and org.tukaani:xz. Add both to the class path.",
          e);
    }
  }

  private static void unpack(Path directory, TarArchiveEntry entry, TarArchiveInputStream tar)
      throws IOException {
    var target = inside(directory, directory.resolve(entry.getName()), entry);
    if (entry.isDirectory()) {
      makeDirectory(target);
      return;
    }
    makeDirectory(target.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      inside(directory, target.resolveSibling(entry.getLinkName()), entry);
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      var executable = (entry.getMode() & EXECUTABLE) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static Path inside(Path directory, Path target, TarArchiveEntry entry)
      throws IOException {
    var normal = target.normalize();
    if (!normal.startsWith(directory)) {
      throw new IOException("the archive's entry " + entry.getName() + " points out of it");
    }
    return normal;
  }

  /// Makes a directory and the parents it lacks, each open to all whatever the umask.
  static void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    var parent = directory.getParent();
    if (parent != null) {
      makeDirectory(parent);
    }
    try {
      Files.createDirectory(directory);
      open(directory);
    } catch (FileAlreadyExistsException _) {
      // Somebody else made it meanwhile. A file of that name shows itself at the next use.
    }
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
