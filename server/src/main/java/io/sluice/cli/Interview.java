package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Asks questions of the documents and shows the places that answer them.
///
/// @param terminal null: nothing is shown
/// @param hits how many places a question
record Interview(Api api, @Nullable Terminal terminal, int hits) {
  /// Asks one.
  ///
  /// @return the `question` and the `items` found
  ObjectNode ask(String question) {
    var found =
        api.get(Query.path("/search").with("q", question).with("limit", hits)).path("items");
    if (terminal != null) {
      terminal.print("");
      terminal.print(terminal.paint(Ink.BOLD, "? " + question));
      var citations = new Citations(terminal);
      for (int i = 0; i < found.size(); i++) {
        citations.print(i + 1, found.get(i));
      }
      if (found.isEmpty()) {
        terminal.print("   Nothing was found.");
      }
    }
    var answer = Json.object().put("question", question);
    answer.set("items", found);
    return answer;
  }
}
