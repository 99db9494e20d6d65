package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    description = {
      "Executes the workflow of a definition in a file, made or updated first, and shows its steps while they",
      "run. Ends with 1 if the execution does not complete."
    })
final class WorkflowRunCommand implements Callable<Integer> {
  private final Surroundings here;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "a definition, YAML or JSON")
  private Path file = Path.of("");

  @Option(
      names = "--input",
      paramLabel = "JSON",
      description = "what the workflow is given; @FILE reads a file (default: null)")
  private @Nullable String input;

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "a label to find it by")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(names = "--no-wait", description = "end when it is started")
  private boolean noWait;

  @Mixin private final ServerOptions server;

  WorkflowRunCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var source = WorkflowFile.read(spec.commandLine(), file);
    var wish = Json.object();
    var given = JsonArgument.read(spec.commandLine(), "--input", input);
    if (given != null) {
      wish.set("input", given);
    }
    if (!labels.isEmpty()) {
      labels.forEach(wish.putObject("labels")::put);
    }
    var api = server.api();
    var workflow = WorkflowPushCommand.push(api, source);
    wish.put("version", workflow.path("version").asInt(1));
    var name = workflow.path("name").asString("");
    var started = api.post(Query.path("/workflows", name, "execute"), wish);
    var id = started.path("executionId").asString("");
    if (noWait) {
      return Replies.tell(here, server, started, id + " is executed; see: sluice executions " + id);
    }
    if (server.json()) {
      var quiet = new Board(here.terminal().err(), false);
      var ended = new ExecutionFollower(api, here.terminal(), quiet).follow(id);
      server.print(ended);
      return exit(ended);
    }
    var terminal = here.terminal();
    terminal.print(
        terminal.paint(
            Ink.BOLD,
            Texts.harmless(name) + " v" + workflow.path("version").asString("") + " " + id));
    var board = new Board(terminal.out(), terminal.live(), ExecutionFollower.HIGHEST);
    return report(here, new ExecutionFollower(api, terminal, board).follow(id));
  }

  /// The last lines: how it ended, and what it gave.
  static int report(Surroundings here, JsonNode ended) {
    var terminal = here.terminal();
    var took = " in " + Texts.span(Duration.ofMillis(ended.path("durationMillis").asLong(0)));
    var status = ended.path("status").asString("");
    if (exit(ended) == Exit.OK) {
      terminal.print(terminal.paint(Ink.GREEN, status) + took);
      if (!ended.path("output").isMissingNode()) {
        Json.write(ended.path("output"))
            .lines()
            .forEach(line -> terminal.print(Texts.harmless(line)));
      }
    } else {
      terminal.print(terminal.paint(Ink.RED, status) + took + ": " + ExecutionPage.reason(ended));
    }
    return exit(ended);
  }

  static int exit(JsonNode ended) {
    return ended.path("status").asString("").equals("completed") ? Exit.OK : Exit.FAILED;
  }
}
