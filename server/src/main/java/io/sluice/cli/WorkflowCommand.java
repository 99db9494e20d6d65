package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Table;
import io.sluice.cli.terminal.Texts;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    description = {
      "Shows workflows, the newest first; with a NAME or ID the definition of its latest version.",
      ""
    })
final class WorkflowCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "a workflow, by name or id")
  private @Nullable String workflow;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "how many at most (default: 50)")
  private int limit;

  @Mixin private final ServerOptions server;

  private WorkflowCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  static CommandLine withSubcommands(Surroundings here) {
    return new CommandLine(new WorkflowCommand(here))
        .addSubcommand("run", new WorkflowRunCommand(here))
        .addSubcommand("validate", new WorkflowValidateCommand(here))
        .addSubcommand("test", new WorkflowTestCommand(here))
        .addSubcommand("push", new WorkflowPushCommand(here))
        .addSubcommand("list", new WorkflowCommand(here))
        .addSubcommand("show", new WorkflowShowCommand(here));
  }

  @Override
  public Integer call() {
    return workflow == null ? list() : WorkflowShowCommand.show(here, server, workflow);
  }

  private int list() {
    var workflows = server.api().list(Query.path("/workflows"), limit);
    if (server.json()) {
      var all = Json.object();
      all.putArray("items").addAll(workflows);
      server.print(all);
    } else if (workflows.isEmpty()) {
      here.terminal().note("There are no workflows. Make one with: ./sluice workflow push FILE");
    } else {
      var table = new Table("NAME", "VERSION", "UPDATED", "ID", "DESCRIPTION");
      workflows.forEach(one -> table.row(cells(one)));
      table.print(here.terminal());
    }
    return Exit.OK;
  }

  private static String[] cells(JsonNode workflow) {
    return new String[] {
      workflow.path("name").asString(""),
      workflow.path("version").asString(""),
      Texts.time(workflow.path("updatedAt").asString("")),
      workflow.path("id").asString(workflow.path("workflowId").asString("")),
      workflow.path("description").asString("")
    };
  }
}
