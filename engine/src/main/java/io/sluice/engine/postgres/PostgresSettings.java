package io.sluice.engine.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// What an embedded server is to be. Start from [#in(Path)] and change what differs.
///
/// @param dataDirectory where everything is kept; made when it does not exist
/// @param port empty: a free one, chosen once and used again as long as it is free
/// @param binaryCache where archives are unpacked, one directory a version and content; empty:
///   `~/.cache/sluice` (`/var/cache/sluice` for root), or the data directory where that is not
///   writable
/// @param archive a `.txz` or a jar that holds one; empty: the one on the class path
/// @param serverSettings further lines of `postgresql.conf`, except the
///   [ServerConfiguration#GUARDED] ones
/// @param startTimeout how long the server may be silent at its start; recovering from a crash is
///   not silence
/// @param supervised whether a server that dies by itself is started again
/// @param stoppedAtExit whether a shutdown hook stops the server, as a safety net for programs that
///   do not
public record PostgresSettings(
    Path dataDirectory,
    OptionalInt port,
    Optional<Path> binaryCache,
    Optional<Path> archive,
    Map<String, String> serverSettings,
    Duration startTimeout,
    boolean supervised,
    boolean stoppedAtExit) {

  public PostgresSettings {
    serverSettings = Map.copyOf(serverSettings);
    ServerConfiguration.requireAllowed(serverSettings);
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException("startTimeout must be positive: " + startTimeout);
    }
  }

  public static PostgresSettings in(Path dataDirectory) {
    return new PostgresSettings(
        dataDirectory,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Duration.ofSeconds(90),
        true,
        true);
  }

  public PostgresSettings withPort(int number) {
    return new PostgresSettings(
        dataDirectory,
        OptionalInt.of(number),
        binaryCache,
        archive,
        serverSettings,
        startTimeout,
        supervised,
        stoppedAtExit);
  }

  public PostgresSettings withBinaryCache(Path directory) {
    return new PostgresSettings(
        dataDirectory,
        port,
        Optional.of(directory),
        archive,
        serverSettings,
        startTimeout,
        supervised,
        stoppedAtExit);
  }

  public PostgresSettings withArchive(Path file) {
    return new PostgresSettings(
        dataDirectory,
        port,
        binaryCache,
        Optional.of(file),
        serverSettings,
        startTimeout,
        supervised,
        stoppedAtExit);
  }

  /// Adds a line to `postgresql.conf`, for instance `shared_buffers`, `1GB`.
  public PostgresSettings withServerSetting(String name, String value) {
    var more = new TreeMap<>(serverSettings);
    more.put(name, value);
    return new PostgresSettings(
        dataDirectory, port, binaryCache, archive, more, startTimeout, supervised, stoppedAtExit);
  }

  public PostgresSettings withStartTimeout(Duration timeout) {
    return new PostgresSettings(
        dataDirectory,
        port,
        binaryCache,
        archive,
        serverSettings,
        timeout,
        supervised,
        stoppedAtExit);
  }

  /// A server that dies stays down.
  public PostgresSettings unsupervised() {
    return new PostgresSettings(
        dataDirectory,
        port,
        binaryCache,
        archive,
        serverSettings,
        startTimeout,
        false,
        stoppedAtExit);
  }

  /// For a program that orders its own shutdown, the server last: shutdown hooks run in no order.
  public PostgresSettings withoutShutdownHook() {
    return new PostgresSettings(
        dataDirectory, port, binaryCache, archive, serverSettings, startTimeout, supervised, false);
  }
}
