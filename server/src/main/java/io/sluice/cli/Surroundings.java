package io.sluice.cli;

import io.sluice.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;

/// Where a command runs.
///
/// @param environment variables
/// @param home the directory of the launcher
/// @param terminal where it writes
public record Surroundings(Map<String, String> environment, Path home, Terminal terminal) {
  /// Those of this process.
  static Surroundings ofThisProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of(System.getProperty("sluice.home", "")).toAbsolutePath().normalize(),
        Terminal.ofThisProcess());
  }

  /// The data directory unless another is named.
  Path data() {
    return home.resolve("data");
  }
}
