package io.sluice.cli;

import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Table;
import io.sluice.cli.terminal.Texts;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(description = "Shows the queues and how many jobs are in them.")
final class QueuesCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private final ServerOptions server;

  private QueuesCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  static CommandLine withSubcommands(Surroundings here) {
    return new CommandLine(new QueuesCommand(here))
        .addSubcommand("pause", new Pause(here))
        .addSubcommand("resume", new Resume(here));
  }

  @Override
  public Integer call() {
    var answer = server.api().get(Query.path("/queues"));
    if (server.json()) {
      server.print(answer);
      return Exit.OK;
    }
    var table =
        new Table(
            "QUEUE", "READY", "HELD", "WORKING", "WAITING", "RETRYABLE", "OLDEST READY", "PAUSED");
    answer.path("items").forEach(queue -> table.row(cells(queue)));
    table.print(here.terminal());
    return Exit.OK;
  }

  private static String[] cells(JsonNode queue) {
    var pausedAt = queue.path("pausedAt").asString("");
    return new String[] {
      queue.path("name").asString(""),
      queue.path("ready").asString("0"),
      queue.path("held").asString("0"),
      queue.path("working").asString("0"),
      queue.path("waiting").asString("0"),
      queue.path("retryable").asString("0"),
      Texts.time(queue.path("oldestReady").asString("–")),
      pausedAt.isEmpty()
          ? ""
          : "since " + Texts.time(pausedAt) + " by " + queue.path("pausedBy").asString("?")
    };
  }

  @Command(description = "Nothing is taken from a queue until it is resumed. Jobs that run go on.")
  private static final class Pause implements Callable<Integer> {
    private final Surroundings here;

    @Parameters(paramLabel = "QUEUE", description = "its name")
    private String name = "";

    @Mixin private final ServerOptions server;

    Pause(Surroundings here) {
      this.here = here;
      this.server = new ServerOptions(here);
    }

    @Override
    public Integer call() {
      var answer = server.api().post(Query.path("/queues", name, "pause"), null);
      return Replies.tell(here, server, answer, "Queue " + name + " is paused.");
    }
  }

  @Command(description = "Lets a queue go on.")
  private static final class Resume implements Callable<Integer> {
    private final Surroundings here;

    @Parameters(paramLabel = "QUEUE", description = "its name")
    private String name = "";

    @Mixin private final ServerOptions server;

    Resume(Surroundings here) {
      this.here = here;
      this.server = new ServerOptions(here);
    }

    @Override
    public Integer call() {
      var answer = server.api().post(Query.path("/queues", name, "resume"), null);
      return Replies.tell(here, server, answer, "Queue " + name + " goes on.");
    }
  }
}
