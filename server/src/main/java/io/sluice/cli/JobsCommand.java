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
    description = {"Shows jobs, the newest first; with an ID that job and its whole history.", ""})
final class JobsCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "a job")
  private @Nullable String id;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "queued, working, waiting, retryable, done, deadletter or cancelled")
  private @Nullable String state;

  @Option(names = "--kind", paramLabel = "KIND", description = "e.g. document.ingest")
  private @Nullable String kind;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "by its name")
  private @Nullable String queue;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many at most (default: 20)")
  private int limit;

  @Mixin private final ServerOptions server;

  private JobsCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  static CommandLine withSubcommands(Surroundings here) {
    return new CommandLine(new JobsCommand(here))
        .addSubcommand("explain", new ExplainJobCommand(here))
        .addSubcommand("retry", new ChangeJobCommand.Retry(here))
        .addSubcommand("cancel", new ChangeJobCommand.Cancel(here));
  }

  @Override
  public Integer call() {
    return id == null ? list() : show(id);
  }

  private int list() {
    var query = Query.path("/jobs").with("state", state).with("kind", kind).with("queue", queue);
    var jobs = server.api().list(query, limit);
    if (server.json()) {
      var all = Json.object();
      all.putArray("items").addAll(jobs);
      server.print(all);
    } else if (jobs.isEmpty()) {
      here.terminal().note("There are no such jobs.");
    } else {
      var table =
          new Table("ID", "KIND", "STATE", "STAGE", "ATTEMPT", "PROGRESS", "CREATED", "REASON");
      jobs.forEach(job -> table.row(cells(job)));
      table.print(here.terminal());
    }
    return Exit.OK;
  }

  private int show(String job) {
    var answer = server.api().get(Query.path("/jobs", job));
    if (server.json()) {
      server.print(answer);
    } else {
      new JobPage(here.terminal()).print(answer);
    }
    return Exit.OK;
  }

  private static String[] cells(JsonNode job) {
    return new String[] {
      job.path("id").asString(""),
      job.path("kind").asString(""),
      job.path("state").asString(""),
      job.path("stage").asString(""),
      job.path("attempt").asString(""),
      JobPage.progress(job),
      Texts.time(job.path("createdAt").asString("")),
      JobPage.reason(job)
    };
  }
}
