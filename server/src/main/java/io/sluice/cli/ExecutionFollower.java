package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.Query;
import io.sluice.cli.http.Unreachable;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Terminal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Follows an execution to its end and shows its steps. The server may be restarted meanwhile: the
/// execution goes on.
final class ExecutionFollower {
  /// How many steps are drawn again and again.
  static final int HIGHEST = 20;

  private static final Duration PERIOD = Duration.ofMillis(150);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;
  private final Terminal terminal;
  private final Board board;
  private long lastAnswer = System.nanoTime();
  private boolean silent;

  ExecutionFollower(Api api, Terminal terminal, Board board) {
    this.api = api;
    this.terminal = terminal;
    this.board = board;
  }

  /// Waits for the end.
  ///
  /// @return the execution as it ended
  /// @throws Unreachable if the server is silent for too long
  JsonNode follow(String id) {
    while (true) {
      var seen = look(id);
      if (seen != null && ended(seen)) {
        return seen;
      }
      pause();
    }
  }

  /// Whether it changes no more.
  static boolean ended(JsonNode execution) {
    return switch (execution.path("status").asString("")) {
      case "completed", "failed", "cancelled", "timed_out" -> true;
      default -> false;
    };
  }

  private @Nullable JsonNode look(String id) {
    try {
      var execution = api.get(Query.path("/executions", id));
      show(api.get(Query.path("/executions", id, "steps")).path("items"), ended(execution));
      lastAnswer = System.nanoTime();
      silent = false;
      return execution;
    } catch (Unreachable e) {
      if (System.nanoTime() - lastAnswer > PATIENCE.toNanos()) {
        throw e;
      }
      if (!silent) {
        board.print(
            "The server does not answer; trying again for " + PATIENCE.toSeconds() + " s …");
      }
      silent = true;
      return null;
    }
  }

  private void show(JsonNode steps, boolean last) {
    var rows = StepRow.forSteps(terminal, steps);
    board.show(terminal.live() ? rows.rows(steps, last) : rows.plainRows(steps));
  }

  private static void pause() {
    try {
      Thread.sleep(PERIOD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted; the execution goes on all the same", e);
    }
  }
}
