package io.sluice.cli;

import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.net.URI;
import java.util.LinkedHashMap;

/// Where to look after the demo.
record NextSteps(Terminal terminal, URI server) {
  void print() {
    var steps = new LinkedHashMap<String, String>();
    steps.put(server + "/api", "all routes, to try out");
    steps.put(server + "/api/v1/documents", "what was taken in");
    steps.put(server + "/actuator/prometheus", "metrics");
    steps.put("./sluice jobs", "every document was a job; with an ID its whole history");
    steps.put("./sluice search \"…\"", "ask something yourself");
    steps.put("./sluice ingest FILE…", "take in documents of your own");
    steps.put("./sluice serve", "start a server that stays");
    int width = steps.keySet().stream().mapToInt(String::length).max().orElse(0);
    terminal.print("");
    terminal.print(terminal.paint(Ink.BOLD, "Where to look next"));
    steps.forEach((what, why) -> terminal.print("  " + Texts.pad(what, width) + "  " + why));
    terminal.print("");
  }
}
