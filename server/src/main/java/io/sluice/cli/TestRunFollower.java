package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.Query;
import io.sluice.cli.http.Unreachable;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Follows a run until it has ended: a line a case, with what came of it in each language. The
/// server may be restarted meanwhile: what it was doing goes on.
final class TestRunFollower {
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST = 5_000;

  private final Api api;
  private final Board board;
  private final Terminal terminal;
  private final RunRow rows;

  TestRunFollower(Api api, Board board, Terminal terminal) {
    this.api = api;
    this.board = board;
    this.terminal = terminal;
    this.rows = new RunRow(terminal);
  }

  /// Waits for its end.
  ///
  /// @return the run as it ended
  /// @throws Unreachable if the server is silent for too long
  JsonNode follow(JsonNode run) {
    var id = run.path("testRunId").asString("");
    long lastAnswer = System.nanoTime();
    while (true) {
      try {
        // The run first: what has ended by then is in the list.
        var now = api.get(Query.path("/test-runs", id));
        show(id);
        lastAnswer = System.nanoTime();
        if (ended(now)) {
          return now;
        }
      } catch (Unreachable e) {
        if (System.nanoTime() - lastAnswer > PATIENCE.toNanos()) {
          throw e;
        }
      }
      pause();
    }
  }

  private static boolean ended(JsonNode run) {
    return switch (run.path("status").asString("")) {
      case "completed", "failed", "cancelled" -> true;
      default -> false;
    };
  }

  private void show(String run) {
    var byCase = new LinkedHashMap<String, List<JsonNode>>();
    for (var execution : api.list(Query.path("/test-runs", run, "executions"), MOST)) {
      byCase
          .computeIfAbsent(execution.path("testCaseId").asString(""), _ -> new ArrayList<>())
          .add(execution);
    }
    // Where nothing can be redrawn, a line a case is enough.
    board.show(
        byCase.entrySet().stream()
            .map(one -> rows.row(one.getKey(), one.getValue()))
            .filter(row -> terminal.live() || row.ended())
            .toList());
  }

  /// What came of a run, in a line.
  static String summary(JsonNode run) {
    var counters = run.path("counters");
    var parts = new ArrayList<String>();
    for (var sort : List.of("passed", "flaky", "failed", "error", "skipped", "cancelled")) {
      if (counters.path(sort).asLong(0) > 0) {
        parts.add(counters.path(sort).asLong() + " " + sort);
      }
    }
    if (counters.path("reviewPending").asLong(0) > 0) {
      parts.add(counters.path("reviewPending").asLong() + " to be reviewed");
    }
    return "%s: %s; run %s"
        .formatted(
            Texts.harmless(run.path("name").asString("")),
            parts.isEmpty() ? "nothing was run" : String.join(", ", parts),
            run.path("testRunId").asString(""));
  }

  private static void pause() {
    try {
      Thread.sleep(PERIOD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted; the run goes on all the same", e);
    }
  }
}
