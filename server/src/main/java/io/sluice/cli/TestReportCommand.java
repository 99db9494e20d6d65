package io.sluice.cli;

import io.sluice.cli.http.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes the report of a run.
@Command(
    name = "report",
    description = {"Writes the report of a run to a file, or to stdout.", ""})
final class TestReportCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "RUN", description = "the run's id")
  private String run = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "json, junit, ctrf or html (default: json)")
  private String format = "json";

  @Option(
      names = {"-o", "--file"},
      paramLabel = "FILE",
      description = "where it is written")
  private @Nullable Path file;

  @Mixin private final ServerChoice server;

  TestReportCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerChoice(here);
  }

  @Override
  public Integer call() {
    var bytes = server.api().bytes(Query.path("/test-runs", run, "report").with("format", format));
    if (file == null) {
      here.terminal().out().writeBytes(bytes);
      here.terminal().out().flush();
      return Exit.OK;
    }
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new Refused("The file " + file + " can not be written: " + e.getMessage());
    }
    here.terminal().note(file + " written");
    return Exit.OK;
  }
}
