package io.sluice.cli.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// A server of this machine, as its `server.json` tells.
public record RunningServer(URI url, long pid) {
  /// Looks into a data directory.
  ///
  /// @return empty if no server runs on it; a file that a dead process left behind counts as none
  public static Optional<RunningServer> on(Path data) {
    var file = data.resolve("server.json");
    try {
      var told = Json.read(Files.readString(file));
      var server =
          new RunningServer(URI.create(told.path("url").asString("")), told.path("pid").asLong(-1));
      return server.url.getHost() != null && server.lives()
          ? Optional.of(server)
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw new Unreachable("The file " + file + " can not be read: " + e.getMessage(), e);
    }
  }

  private boolean lives() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
