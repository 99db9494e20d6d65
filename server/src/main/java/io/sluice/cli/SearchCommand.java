package io.sluice.cli;

import io.sluice.cli.http.Query;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description = {
      "Finds the places in all documents that answer a question or hold its words. Each comes with its citation",
      "and its score. Ends with 1 if nothing is found."
    })
final class SearchCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "QUESTION", arity = "1..*", description = "in your own words")
  private String[] words = {};

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "5",
      description = "how many places at most (default: 5)")
  private int limit;

  @Mixin private final ServerOptions server;

  SearchCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var query = Query.path("/search").with("q", String.join(" ", words)).with("limit", limit);
    var answer = server.api().get(query);
    var hits = answer.path("items");
    if (server.json()) {
      server.print(answer);
    } else if (hits.isEmpty()) {
      here.terminal().note("Nothing was found.");
    } else {
      var citations = new Citations(here.terminal());
      for (int i = 0; i < hits.size(); i++) {
        citations.print(i + 1, hits.get(i));
      }
    }
    return hits.isEmpty() ? Exit.FAILED : Exit.OK;
  }
}
