package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.http.Unreachable;
import io.sluice.cli.terminal.Bar;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Texts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    description = {
      "Does one thing to all executions that match. Only counts them, unless --yes is given.",
      ""
    })
final class BulkExecutionsCommand implements Callable<Integer> {
  private static final Duration PERIOD = Duration.ofMillis(200);
  private static final int BAR = 30;

  private final Surroundings here;

  @Parameters(paramLabel = "ACTION", description = "cancel, retry, redrive, pause or resume")
  private String action = "";

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description = "in this status; several with commas")
  private @Nullable List<String> status;

  @Option(names = "--workflow", paramLabel = "ID", description = "of this workflow")
  private @Nullable String workflow;

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "with this label")
  private @Nullable String label;

  @Option(names = "--created-from", paramLabel = "TIME", description = "created then or later")
  private @Nullable String from;

  @Option(names = "--created-to", paramLabel = "TIME", description = "created before")
  private @Nullable String to;

  @Option(names = "--yes", description = "do it")
  private boolean yes;

  @Mixin private final ServerOptions server;

  BulkExecutionsCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var api = server.api();
    var path = Query.path("/executions/bulk");
    var counted = api.post(path, wish().put("dryRun", true));
    long matched = counted.path("matched").asLong(0);
    if (!yes) {
      return Replies.tell(
          here,
          server,
          counted,
          Texts.count(matched, "execution") + " would be asked to " + action + "; --yes does it.");
    }
    var begun = api.post(path, wish().put("confirm", counted.path("confirm").asString("")));
    var done = follow(api, begun);
    Replies.tell(
        here,
        server,
        done,
        done.path("changed").asLong(0)
            + " of "
            + Texts.count(done.path("done").asLong(0), "execution")
            + ": "
            + action);
    return done.path("status").asString("").equals("completed") ? Exit.OK : Exit.FAILED;
  }

  private ObjectNode wish() {
    var wish = Json.object().put("action", action);
    var filter = wish.putObject("filter");
    if (status != null) {
      var all = filter.putArray("status");
      status.forEach(all::add);
    }
    put(filter, "workflowId", workflow);
    put(filter, "createdFrom", from);
    put(filter, "createdTo", to);
    if (label != null && label.indexOf('=') > 0) {
      int equals = label.indexOf('=');
      filter.putObject("labels").put(label.substring(0, equals), label.substring(equals + 1));
    }
    return wish;
  }

  private static void put(ObjectNode filter, String name, @Nullable String value) {
    if (value != null) {
      filter.put(name, value);
    }
  }

  private JsonNode follow(Api api, JsonNode begun) {
    var terminal = here.terminal();
    var board =
        new Board(
            server.json() ? terminal.err() : terminal.out(), !server.json() && terminal.live());
    var at = begun;
    while (!ExecutionFollower.ended(at)) {
      pause();
      at = api.get(Query.path("/executions/bulk", begun.path("bulkId").asString("")));
      board.show(List.of(row(at)));
    }
    board.show(List.of());
    return at;
  }

  private static Board.Row row(JsonNode bulk) {
    long done = bulk.path("done").asLong(0);
    long matched = Math.max(1, bulk.path("matched").asLong(1));
    var text = done + "/" + matched;
    return new Board.Row("bulk", Bar.of((double) done / matched, BAR) + "  " + text, text, false);
  }

  private static void pause() {
    try {
      Thread.sleep(PERIOD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted; it goes on all the same", e);
    }
  }
}
