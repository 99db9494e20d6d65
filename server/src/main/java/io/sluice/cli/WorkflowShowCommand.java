package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Texts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(description = "Shows a workflow with the definition of its latest version.")
final class WorkflowShowCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "NAME", description = "a workflow, by name or id")
  private String workflow = "";

  @Mixin private final ServerOptions server;

  WorkflowShowCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    return show(here, server, workflow);
  }

  static int show(Surroundings here, ServerOptions server, String workflow) {
    var answer = server.api().get(Query.path("/workflows", workflow));
    if (server.json()) {
      server.print(answer);
      return Exit.OK;
    }
    here.terminal()
        .print(
            Texts.harmless(
                answer.path("name").asString("")
                    + " v"
                    + answer.path("version").asString("")
                    + "  "
                    + answer.path("id").asString(answer.path("workflowId").asString(""))));
    // Line by line, as a definition may have anything in its texts.
    Json.write(answer.path("definition"))
        .lines()
        .forEach(line -> here.terminal().print(Texts.harmless(line)));
    return Exit.OK;
  }
}
