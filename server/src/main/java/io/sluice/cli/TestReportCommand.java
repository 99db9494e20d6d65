package io.sluice.cli;

import io.sluice.cli.http.Api;
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
    if (file != null) {
      write(server.api(), here, new Wanted(run, format), file);
      return Exit.OK;
    }
    here.terminal().out().writeBytes(read(server.api(), new Wanted(run, format)));
    here.terminal().out().flush();
    return Exit.OK;
  }

  /// A report of a run.
  record Wanted(String run, String format) {}

  private static byte[] read(Api api, Wanted wanted) {
    return api.bytes(
        Query.path("/test-runs", wanted.run(), "report").with("format", wanted.format()));
  }

  /// Writes a report to a file.
  ///
  /// @throws Refused if it can not be written
  static void write(Api api, Surroundings here, Wanted wanted, Path file) {
    try {
      Files.write(file, read(api, wanted));
    } catch (IOException e) {
      throw new Refused("The file " + file + " can not be written: " + e.getMessage());
    }
    here.terminal().note(file + " written");
  }
}
