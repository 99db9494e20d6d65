package io.sluice.cli;

import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.net.URI;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Where to look after the demo.
///
/// @param data what has to be added to commands so that they mean the same data directory
record NextSteps(Terminal terminal, String data) {
  /// Writes them.
  ///
  /// @param server null if it stops now
  void print(@Nullable URI server) {
    var steps = new LinkedHashMap<String, String>();
    if (server == null) {
      steps.put(
          "./sluice serve" + data, "start the server again, and leave it running for the rest");
    } else {
      steps.put(server + "/api", "all routes, to try out");
      steps.put(server + "/api/v1/documents", "what was taken in");
      steps.put(server + "/actuator/prometheus", "metrics");
    }
    steps.put("./sluice jobs" + data, "every document was a job; with an ID its whole history");
    steps.put("./sluice search" + data + " \"…\"", "ask something yourself");
    steps.put("./sluice ingest" + data + " FILE…", "take in documents of your own");
    int width = steps.keySet().stream().mapToInt(String::length).max().orElse(0);
    terminal.print("");
    terminal.print(terminal.paint(Ink.BOLD, "Where to look next"));
    steps.forEach((what, why) -> terminal.print("  " + Texts.pad(what, width) + "  " + why));
    terminal.print("");
  }
}
