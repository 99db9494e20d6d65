package io.sluice.cli;

import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Table;
import io.sluice.cli.terminal.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Sends a folder of tests to a server, which checks all of it and stores all of it or nothing.
abstract class TestPushCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(
      paramLabel = "DIR",
      description = "a folder with items, cases and suites (YAML or JSON) and recordings (WAV)")
  private Path folder = Path.of("");

  @Mixin private final ServerOptions server;

  private TestPushCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  abstract boolean dryRun();

  @Override
  public Integer call() {
    var files = TestFolder.read(folder);
    var answer =
        server
            .api()
            .post(
                Query.path("/test-assets/import").with("dryRun", dryRun() ? "true" : null), files);
    var told = answer.path("files");
    boolean good = true;
    for (var file : told) {
      good &= file.path("errors").isEmpty();
    }
    if (server.json()) {
      server.print(answer);
    } else {
      show(told, answer.path("stored").asBoolean(false));
    }
    return good ? Exit.OK : Exit.FAILED;
  }

  private void show(JsonNode files, boolean stored) {
    var table = new Table("", "KIND", "NAME", "VERSION", "FILE");
    var wrong = new ArrayList<String>();
    int definitions = 0;
    for (var file : files) {
      if (file.has("kind")) {
        definitions++;
        table.row(cells(file));
      }
      file.path("errors").forEach(e -> wrong.add(place(file, e) + e.path("detail").asString("")));
      file.path("warnings")
          .forEach(w ->
              here.terminal().note("warning: " + place(file, w) + w.path("detail").asString("")));
    }
    table.print(here.terminal());
    wrong.forEach(here.terminal()::complain);
    var count = Texts.count(definitions, "test asset");
    here.terminal()
        .note(
            stored
                ? count + " on " + server.api().server()
                : wrong.isEmpty() ? count + " checked, nothing stored" : "Nothing was stored.");
  }

  private static List<String> cells(JsonNode file) {
    return List.of(
        file.path("action").asString("error"),
        file.path("kind").asString(""),
        file.path("name").asString(""),
        file.path("version").asString(""),
        file.path("path").asString(""));
  }

  private static String place(JsonNode file, JsonNode finding) {
    var line = finding.path("line").isNumber() ? ":" + finding.path("line").asInt() : "";
    var column = line.isEmpty() ? "" : ":" + finding.path("column").asInt();
    return Texts.harmless(file.path("path").asString("")) + line + column + ": ";
  }

  /// Stores them.
  @Command(
      name = "push",
      description = {
        "Stores all tests of a folder on a server: new versions of those that were changed. If one has a mistake,",
        "nothing is stored. Tests that are on the server and not in the folder stay.",
        ""
      })
  static final class Push extends TestPushCommand {
    @Option(names = "--dry-run", description = "only check, and say what would be stored")
    private boolean dryRun;

    Push(Surroundings here) {
      super(here);
    }

    @Override
    boolean dryRun() {
      return dryRun;
    }
  }

  /// Only checks them.
  @Command(
      name = "validate",
      description = {
        "Checks all tests of a folder, against each other and against what is on the server. Stores nothing. Ends",
        "with 1 if there is a mistake.",
        ""
      })
  static final class Validate extends TestPushCommand {
    Validate(Surroundings here) {
      super(here);
    }

    @Override
    boolean dryRun() {
      return true;
    }
  }
}
