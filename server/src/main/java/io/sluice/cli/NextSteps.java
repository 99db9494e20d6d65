package io.sluice.cli;

import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where to look after the demo.
///
/// @param data what has to be added to commands so that they mean the same data directory
/// @param run the run of the example suite
/// @param report where its report was written
record NextSteps(Terminal terminal, String data, String run, Path report) {
  private static final int WIDEST = 48;
  private static final String USUAL = "127.0.0.1:8080";

  /// Writes them.
  ///
  /// @param server null if it stops now
  void print(@Nullable URI server) {
    var steps = new LinkedHashMap<String, String>();
    steps.put(report.toString(), "the report of the run, for a browser");
    if (server == null) {
      steps.put(
          "SLUICE_EGRESS_ALLOW=" + USUAL + " ./sluice serve" + data,
          "start the server again, for the rest");
    }
    var where = server == null ? "http://" + USUAL : server.toString();
    routes(where, steps);
    // The suite itself names the usual address.
    commands(server == null ? "" : " -e BASE_URL=" + where, steps);
    int width =
        steps.keySet().stream().mapToInt(String::length).filter(w -> w <= WIDEST).max().orElse(0);
    terminal.print("");
    terminal.print(terminal.paint(Ink.BOLD, "Where to look next"));
    steps.forEach((what, why) -> {
      if (what.length() > width) {
        terminal.print("  " + what);
      }
      var first = what.length() > width ? "" : what;
      terminal.print("  " + Texts.pad(first, width) + "  " + why);
    });
    terminal.print("");
  }

  private void routes(String server, Map<String, String> steps) {
    var api = server + "/api/v1";
    steps.put(server + "/api", "all routes, to try out");
    steps.put(api + "/documents", "what was taken in");
    steps.put(api + "/test-runs/" + run + "/report?format=html", "the report, as it is by then");
    steps.put(api + "/reviews?status=pending", "what waits for people");
    steps.put(server + "/actuator/prometheus", "metrics");
  }

  private void commands(String target, Map<String, String> steps) {
    steps.put(
        "./sluice test run" + data + " \"Smart home\" --wait" + target,
        "the suite once more, in writing");
    steps.put("./sluice test report" + data + " " + run + " --format junit", "for other tools");
    steps.put("./sluice workflow run" + data + " examples/workflows/…", "a workflow, step by step");
    steps.put("./sluice jobs" + data, "all of it was jobs; with an ID its history");
    steps.put("./sluice search" + data + " \"…\"", "ask something yourself");
    steps.put("./sluice ingest" + data + " FILE…", "take in documents of your own");
  }
}
