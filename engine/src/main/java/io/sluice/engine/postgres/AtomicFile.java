package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Writes small files so that a crash leaves the old content or the new, never a part, and never
/// readable by others.
final class AtomicFile {
  private AtomicFile() {}

  /// Mode 0600, whole and on the disk when this returns. The file gets the given owner before it
  /// gets its name.
  static void write(Path file, String content, ServerUser owner) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(draft, Set.copyOf(options), mode)) {
      var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    owner.own(draft);
    rename(draft, file);
  }

  /// Renames a file or directory, and makes sure that the new name survives a crash.
  static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    try (var parent = FileChannel.open(to.toAbsolutePath().resolveSibling("."))) {
      parent.force(true);
    }
  }

  /// Deletes a directory with all that is in it; what another process deletes meanwhile is fine
  /// too.
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      try (var children = Files.newDirectoryStream(root)) {
        for (var child : children) {
          deleteTree(child);
        }
      }
    }
    Files.deleteIfExists(root);
  }
}
