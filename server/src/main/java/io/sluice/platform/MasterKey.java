package io.sluice.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// The key that seals: from the environment, or from `master.key` in the data directory, which only
/// its owner can read.
final class MasterKey {
  private static final int BYTES = 32;

  private MasterKey() {}

  /// Reads the operator's.
  ///
  /// @throws CannotStart if it is none
  static byte[] read(String base64, String where) {
    try {
      var key = Base64.getDecoder().decode(base64.strip());
      if (key.length == BYTES) {
        return key;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new CannotStart(
        where + " must be the base64 of 32 bytes; `openssl rand -base64 32` makes one", null);
  }

  /// Reads the file, and makes it if there is none.
  static byte[] in(Path directory) {
    var file = directory.resolve("master.key");
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return read(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Written beside and then linked, so that a crash leaves no half of it, and of two servers that
  /// begin at once one makes it.
  private static void make(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    var key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    var beside =
        Files.createTempFile(
            file.getParent(),
            "master-",
            ".key",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(Base64.getEncoder().encode(key)));
        channel.force(true);
      }
      Files.createLink(file, beside);
    } catch (FileAlreadyExistsException _) {
      // The other one's is used.
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
