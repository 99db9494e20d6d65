package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.ApiProblem;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.http.Unreachable;
import io.sluice.cli.terminal.Board;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Follows documents until each has ended. The server may be restarted meanwhile: what it was doing
/// goes on.
final class Follower {
  private static final Duration PERIOD = Duration.ofMillis(150);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ASKED_AT_ONCE = 24;

  private final Api api;
  private final Board board;
  private final DocumentRow rows;
  private final Map<String, JsonNode> known = new LinkedHashMap<>();
  private long lastAnswer = System.nanoTime();
  private boolean silent;
  private int turn;

  Follower(Api api, Board board, DocumentRow rows) {
    this.api = api;
    this.board = board;
    this.rows = rows;
  }

  /// Waits for all of them.
  ///
  /// @param documents as uploaded
  /// @return as they ended, in the same order
  /// @throws Unreachable if the server is silent for too long
  List<JsonNode> follow(List<JsonNode> documents) {
    documents.forEach(document -> known.put(id(document), document));
    show();
    while (!open().isEmpty()) {
      pause();
      look();
      show();
    }
    return List.copyOf(known.values());
  }

  private void look() {
    try {
      for (var id : nextOnes()) {
        known.put(id, fetched(id));
      }
      lastAnswer = System.nanoTime();
      silent = false;
    } catch (Unreachable e) {
      if (System.nanoTime() - lastAnswer > PATIENCE.toNanos()) {
        throw e;
      }
      if (!silent) {
        board.print(
            "The server does not answer; trying again for " + PATIENCE.toSeconds() + " s …");
      }
      silent = true;
    }
  }

  /// A document that was deleted meanwhile has failed for those who wait for it.
  private JsonNode fetched(String id) {
    try {
      return api.get(Query.path("/documents", id));
    } catch (ApiProblem e) {
      if (e.status() != 404) {
        throw e;
      }
      var gone = known.get(id) instanceof ObjectNode last ? last.deepCopy() : Json.object();
      gone.put("id", id).put("status", "failed");
      gone.putObject("error").put("code", e.code()).put("message", e.detail());
      return gone;
    }
  }

  /// So many that a round is short; the others have their turn in the next ones.
  private List<String> nextOnes() {
    var open = open();
    var chosen = new ArrayList<String>();
    for (int i = 0; i < Math.min(ASKED_AT_ONCE, open.size()); i++) {
      chosen.add(open.get((turn + i) % open.size()));
    }
    turn = open.size() <= ASKED_AT_ONCE ? 0 : (turn + ASKED_AT_ONCE) % open.size();
    return chosen;
  }

  private List<String> open() {
    return known.entrySet().stream()
        .filter(entry -> !DocumentRow.ended(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void show() {
    board.show(known.values().stream().map(rows::row).toList());
  }

  private static void pause() {
    try {
      Thread.sleep(PERIOD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted; what was uploaded is processed all the same", e);
    }
  }

  private static String id(JsonNode document) {
    return document.path("id").asString("");
  }
}
