package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The programs of one PostgreSQL, unpacked.
///
/// @param version as the programs themselves tell it, such as `18.6`
record Binaries(Path home, String version) {
  private static final Logger log = LoggerFactory.getLogger(Binaries.class);
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+(?:\\.\\d+)?)");
  private static final Duration PROBE = Duration.ofSeconds(20);

  int major() {
    return Integer.parseInt(version.split("\\.", -1)[0]);
  }

  String initdb() {
    return program("initdb");
  }

  String postgres() {
    return program("postgres");
  }

  String pgCtl() {
    return program("pg_ctl");
  }

  private String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /// Finds the archive, and unpacks it unless an earlier run did. Ends with programs that ran once
  /// as the server user.
  static Binaries ready(PostgresSettings settings, DataDirectory directory, ServerUser user) {
    var archive = Archive.find(settings.archive());
    var cache = settings.binaryCache().orElseGet(() -> defaultCache(directory, user));
    try {
      Unpacking.makeDirectory(cache.toAbsolutePath());
      cache = cache.toRealPath();
      user.requireEntry(cache);
      var unpacked = unpackedBefore(cache, archive, user);
      return unpacked.isPresent() ? unpacked.get() : unpack(cache, archive, user);
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(cache, e);
    }
  }

  private static Path defaultCache(DataDirectory directory, ServerUser user) {
    var shared =
        ServerUser.weAreRoot()
            ? Path.of("/var/cache/sluice")
            : Path.of(System.getProperty("user.home", "/"), ".cache", "sluice");
    try {
      Unpacking.makeDirectory(shared);
      if (Files.isWritable(shared) && user.canEnter(shared)) {
        return shared;
      }
    } catch (IOException e) {
      log.debug("No cache in {}", shared, e);
    }
    log.info("{} is closed to us; PostgreSQL is unpacked into the data directory", shared);
    return directory.binaries();
  }

  private static Optional<Binaries> unpackedBefore(Path cache, Archive archive, ServerUser user)
      throws IOException {
    try (var found = Files.newDirectoryStream(cache, "postgres-*-" + archive.hash())) {
      for (var home : found) {
        var version = versionOf(home, user);
        if (version.isPresent()) {
          return Optional.of(new Binaries(home, version.get()));
        }
        log.warn("The binaries in {} do not run; they are unpacked again", home);
        AtomicFile.deleteTree(home);
      }
    }
    return Optional.empty();
  }

  /// Unpacks into a sibling and renames, so that nobody meets half an unpacking. Of two processes
  /// the first wins.
  private static Binaries unpack(Path cache, Archive archive, ServerUser user) throws IOException {
    log.info("Unpacking PostgreSQL into {}", cache);
    var draft = Files.createTempDirectory(cache, "unpacking-");
    try {
      Unpacking.into(draft, archive);
      var version =
          versionOf(draft, user)
              .orElseThrow(() ->
                  new PostgresProblem.BinariesMissing(
                      "The binaries of PostgreSQL do not run on this machine: "
                          + askVersion(draft, user).output().strip()
                          + ". They need a 64-bit Linux with glibc; otherwise use a PostgreSQL server of your own.",
                      null));
      var home = cache.resolve("postgres-" + version + "-" + archive.hash());
      renameUnlessThere(draft, home);
      return new Binaries(home, version);
    } finally {
      AtomicFile.deleteTree(draft);
    }
  }

  private static void renameUnlessThere(Path draft, Path home) throws IOException {
    try {
      AtomicFile.rename(draft, home);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      log.debug("{} was unpacked by somebody else meanwhile", home);
    }
  }

  private static Optional<String> versionOf(Path home, ServerUser user) {
    var matcher = VERSION.matcher(askVersion(home, user).output());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Command.Outcome askVersion(Path home, ServerUser user) {
    return user.run(List.of(new Binaries(home, "").postgres(), "-V"), PROBE);
  }
}
