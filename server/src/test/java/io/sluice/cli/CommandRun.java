package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// A command that was run to its end, outside of any terminal.
record CommandRun(int exit, String out, String err) {
  /// Runs a command as the launcher would.
  static CommandRun of(Path home, Map<String, String> environment, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), 0, false);
    int exit = Main.commandLine(new Surroundings(environment, home, terminal)).execute(args);
    return new CommandRun(exit, out.toString(UTF_8), err.toString(UTF_8));
  }
}
