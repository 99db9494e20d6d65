package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Table;
import io.sluice.cli.terminal.Texts;
import java.time.Duration;
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
      "Shows executions, the newest first; with an ID that execution, its steps and what it gave.",
      ""
    })
final class ExecutionsCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "an execution")
  private @Nullable String id;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "workflow or document (default: both)")
  private @Nullable String type;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "pending, queued, running, waiting, completed, failed, cancelled or timed_out; several with commas")
  private @Nullable String status;

  @Option(names = "--workflow", paramLabel = "ID", description = "of this workflow")
  private @Nullable String workflow;

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "with this label")
  private @Nullable String label;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many at most (default: 20)")
  private int limit;

  @Mixin private final ServerOptions server;

  private ExecutionsCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  static CommandLine withSubcommands(Surroundings here) {
    return new CommandLine(new ExecutionsCommand(here))
        .addSubcommand("watch", new WatchExecutionCommand(here))
        .addSubcommand("cancel", new ChangeExecutionCommand.Cancel(here))
        .addSubcommand("pause", new ChangeExecutionCommand.Pause(here))
        .addSubcommand("resume", new ChangeExecutionCommand.Resume(here))
        .addSubcommand("retry", new ChangeExecutionCommand.Retry(here))
        .addSubcommand("fork", new ForkExecutionCommand(here))
        .addSubcommand("signal", new SignalExecutionCommand(here))
        .addSubcommand("bulk", new BulkExecutionsCommand(here));
  }

  @Override
  public Integer call() {
    return id == null ? list() : show(id);
  }

  private int list() {
    var query =
        Query.path("/executions")
            .with("type", type)
            .with("status", status)
            .with("workflowId", workflow)
            .with("label", label);
    var executions = server.api().list(query, limit);
    if (server.json()) {
      var all = Json.object();
      all.putArray("items").addAll(executions);
      server.print(all);
    } else if (executions.isEmpty()) {
      here.terminal().note("There are no such executions.");
    } else {
      var table = new Table("ID", "TYPE", "NAME", "STATUS", "CREATED", "TOOK", "REASON");
      executions.forEach(execution -> table.row(cells(execution)));
      table.print(here.terminal());
    }
    return Exit.OK;
  }

  private int show(String execution) {
    var api = server.api();
    var answer = api.get(Query.path("/executions", execution));
    if (server.json()) {
      server.print(answer);
      return Exit.OK;
    }
    var page = new ExecutionPage(here.terminal());
    page.print(answer);
    if (answer.path("type").asString("").equals("workflow")) {
      page.steps(api.get(Query.path("/executions", execution, "steps")).path("items"));
    }
    return Exit.OK;
  }

  private static String[] cells(JsonNode execution) {
    return new String[] {
      execution.path("executionId").asString(""),
      execution.path("type").asString(""),
      name(execution),
      ExecutionPage.status(execution),
      Texts.time(execution.path("createdAt").asString("")),
      took(execution),
      ExecutionPage.reason(execution)
    };
  }

  private static String name(JsonNode execution) {
    var version = execution.path("version").asString("");
    return execution.path("name").asString("") + (version.isEmpty() ? "" : " v" + version);
  }

  private static String took(JsonNode execution) {
    return execution.path("durationMillis").isNumber()
        ? Texts.span(Duration.ofMillis(execution.path("durationMillis").asLong(0)))
        : "";
  }
}
