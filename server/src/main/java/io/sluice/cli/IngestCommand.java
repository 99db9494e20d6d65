package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    description = {
      "Uploads files, and all files in folders but hidden ones, and follows each until it can be searched or has",
      "failed. The same bytes are taken in once. Ends with 1 if a file failed."
    })
final class IngestCommand implements Callable<Integer> {
  private final Surroundings here;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "files and folders")
  private List<Path> paths = List.of();

  @Option(names = "--no-wait", description = "end when everything is uploaded")
  private boolean noWait;

  @Mixin private final ServerOptions server;

  IngestCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    long began = System.nanoTime();
    var files = files();
    var terminal = here.terminal();
    var board =
        server.json()
            ? new Board(terminal.err(), false)
            : new Board(terminal.out(), terminal.live());
    var ingestion = new Ingestion(server.api(), terminal, board, files);
    ingestion.upload(files);
    if (!noWait) {
      ingestion.follow();
    }
    report(ingestion, Duration.ofNanos(System.nanoTime() - began));
    return ingestion.tally().failed() == 0 ? Exit.OK : Exit.FAILED;
  }

  private void report(Ingestion ingestion, Duration took) {
    if (server.json()) {
      var all = Json.object();
      all.putArray("items").addAll(ingestion.results());
      server.print(all);
    } else if (noWait) {
      here.terminal()
          .print(Texts.count(ingestion.results().size(), "file") + " uploaded; see: sluice jobs");
    } else {
      here.terminal().print(ingestion.tally() + " in " + Texts.span(took));
    }
  }

  /// Each once, also when it is named twice.
  private List<Path> files() {
    Set<Path> files = new LinkedHashSet<>();
    for (var path : paths) {
      try {
        files.addAll(Gathering.below(path));
      } catch (IOException e) {
        throw new ParameterException(
            spec.commandLine(), "'" + path + "' is no file or folder that can be read");
      }
    }
    if (files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "There are no files in " + paths);
    }
    return List.copyOf(files);
  }
}
