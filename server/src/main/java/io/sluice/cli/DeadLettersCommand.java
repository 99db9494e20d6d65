package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Table;
import io.sluice.cli.terminal.Texts;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    description = {
      "Shows the jobs that were given up, those that failed alike in one line; or sends them round again.",
      ""
    })
final class DeadLettersCommand implements Callable<Integer> {
  private final Surroundings here;

  @Option(names = "--redrive", description = "send them round again, the oldest first")
  private boolean redrive;

  @Option(names = "--kind", paramLabel = "KIND", description = "only jobs of this kind")
  private @Nullable String kind;

  @Option(names = "--cause", paramLabel = "CAUSE", description = "only those that failed of this")
  private @Nullable String cause;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "redrive so many at most (default: 1000)")
  private int limit;

  @Mixin private final ServerOptions server;

  DeadLettersCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    return redrive ? redriven() : shown();
  }

  private int redriven() {
    var wish = Json.object().put("limit", limit);
    if (kind != null) {
      wish.put("kind", kind);
    }
    if (cause != null) {
      wish.put("cause", cause);
    }
    var answer = server.api().post(Query.path("/dead-letters/redrive"), wish);
    var count = answer.path("redriven").asLong(0);
    return Replies.tell(here, server, answer, Texts.count(count, "job") + " sent round again.");
  }

  private int shown() {
    var groups = Json.object();
    var items = groups.putArray("items");
    for (var group : server.api().get(Query.path("/dead-letters")).path("items")) {
      if (matches(kind, group.path("kind")) && matches(cause, group.path("cause"))) {
        items.add(group);
      }
    }
    if (server.json()) {
      server.print(groups);
    } else if (items.isEmpty()) {
      here.terminal().note("There are no dead letters.");
    } else {
      var table = new Table("KIND", "CAUSE", "COUNT", "FIRST", "LAST", "MESSAGE");
      items.forEach(group -> table.row(cells(group)));
      table.print(here.terminal());
    }
    return Exit.OK;
  }

  private static String[] cells(JsonNode group) {
    return new String[] {
      group.path("kind").asString(""),
      group.path("cause").asString(""),
      group.path("count").asString(""),
      Texts.time(group.path("first").asString("")),
      Texts.time(group.path("last").asString("")),
      group.path("message").asString("")
    };
  }

  private static boolean matches(@Nullable String wanted, JsonNode is) {
    return wanted == null || wanted.equals(is.asString(""));
  }
}
