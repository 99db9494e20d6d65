package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.http.RunningServer;
import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    description = {
      "Starts a server and keeps it running until Ctrl-C. Jobs that run then have a moment to end and are handed",
      "over otherwise; the next start goes on with them.",
      "",
      "With the environment variable SLUICE_DATABASE_URL it uses a PostgreSQL of your own; else it brings one",
      "along, in the data directory.",
      ""
    })
final class ServeCommand implements Callable<Integer> {
  private final Surroundings here;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "where it listens, 0 for any that is free (default: 8080)")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where everything is kept (default: data, beside the launcher)")
  private @Nullable Path data;

  @Mixin private final OutputOption output = new OutputOption();

  ServeCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    long began = System.nanoTime();
    var directory = data != null ? data : here.data();
    RunningServer.on(directory)
        .ifPresent(other -> {
          throw new Refused(
              "A server already runs on %s: %s, process %d"
                  .formatted(directory, other.url(), other.pid()));
        });
    var server = ServerInThisProcess.start(directory, port, List.of());
    announce(server, directory, Duration.ofNanos(System.nanoTime() - began));
    server.serve();
    return Exit.OK;
  }

  private void announce(ServerInThisProcess server, Path directory, Duration took) {
    var terminal = here.terminal();
    if (output.json()) {
      var told =
          Json.object()
              .put("url", server.url().toString())
              .put("pid", ProcessHandle.current().pid())
              .put("data", directory.toAbsolutePath().normalize().toString());
      terminal.print(Json.write(told));
    } else {
      terminal.print(
          "Sluice is ready at "
              + terminal.paint(Ink.BOLD, server.url().toString())
              + " after "
              + Texts.span(took)
              + "; its data are in "
              + directory
              + ". Ctrl-C stops it.");
    }
  }
}
