package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Table;
import io.sluice.cli.terminal.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    description = {
      "Asks the server's database, read-only.",
      "",
      "Example: sluice sql \"select name, chunks from sluice.documents\"",
      ""
    })
final class SqlCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "QUERY", description = "one statement that only reads")
  private String query = "";

  @Mixin private final ServerOptions server;

  SqlCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var answer = server.api().post(Query.path("/sql"), Json.object().put("query", query));
    if (server.json()) {
      server.print(answer);
      return Exit.OK;
    }
    var table = new Table(cells(answer.path("columns")));
    answer.path("rows").forEach(row -> table.row(cells(row)));
    table.print(here.terminal());
    here.terminal().note(Texts.count(answer.path("rows").size(), "row") + more(answer));
    return Exit.OK;
  }

  private static String more(JsonNode answer) {
    return answer.path("truncated").asBoolean(false)
        ? "; there are more, add a limit or a condition"
        : "";
  }

  private static List<String> cells(JsonNode row) {
    var cells = new ArrayList<String>();
    row.forEach(cell ->
        cells.add(cell.isNull() ? "" : cell.isString() ? cell.asString() : cell.toString()));
    return cells;
  }
}
