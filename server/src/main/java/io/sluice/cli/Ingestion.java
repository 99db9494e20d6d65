package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.ApiProblem;
import io.sluice.cli.http.Json;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Uploads files, then follows what becomes of them.
final class Ingestion {
  private static final long WORTH_A_BAR_BYTES = 1 << 20;

  private final Api api;
  private final Board board;
  private final DocumentRow rows;
  private final List<ObjectNode> results = new ArrayList<>();

  /// An ingestion that shows itself.
  ///
  /// @param board on which bars are drawn
  Ingestion(Api api, Terminal terminal, Board board, List<Path> files) {
    this.api = api;
    this.board = board;
    this.rows = DocumentRow.forNames(terminal, files.stream().map(Ingestion::name).toList());
  }

  /// Uploads one after the other. A file that can not be read or is refused does not stop the
  /// others.
  void upload(List<Path> files) {
    for (var file : files) {
      var result = Json.object().put("file", file.toString());
      results.add(result);
      try {
        var answer = api.upload(file, shower(file));
        board.show(List.of());
        result.set("document", answer.path("document"));
        result.set("created", answer.path("created"));
      } catch (ApiProblem e) {
        refuse(result, e.code(), e.detail());
      } catch (IOException e) {
        refuse(result, "UNREADABLE", "The file can not be read: " + e.getMessage());
      }
    }
  }

  /// Small files are gone before anybody could read of it.
  private LongConsumer shower(Path file) throws IOException {
    long size = Files.size(file);
    return size < WORTH_A_BAR_BYTES
        ? sent -> {}
        : sent -> board.show(List.of(rows.uploading(name(file), sent, size)));
  }

  private void refuse(ObjectNode result, String code, String message) {
    result.putObject("error").put("code", code).put("message", message);
    board.print(
        Texts.harmless(result.path("file").asString("") + ": " + message + " (" + code + ")"));
  }

  /// Waits until every document has ended. Those that were complete before are only named.
  void follow() {
    var waited = new LinkedHashMap<String, JsonNode>();
    var named = new ArrayList<Board.Row>();
    for (var result : results) {
      var document = result.path("document");
      if (!created(result) && DocumentRow.completed(document)) {
        named.add(rows.known(document));
      } else if (!document.isMissingNode()) {
        waited.put(document.path("id").asString(""), document);
      }
    }
    board.show(named);
    var ended = new Follower(api, board, rows).follow(List.copyOf(waited.values()));
    ended.forEach(document -> waited.put(document.path("id").asString(""), document));
    board.show(List.of());
    for (var result : results) {
      var newest = waited.get(result.path("document").path("id").asString(""));
      if (newest != null) {
        result.set("document", newest);
      }
    }
  }

  /// What came of it, an object a file: `file`, then `document` and `created`, or `error`.
  List<ObjectNode> results() {
    return results;
  }

  /// How many files there are of each sort.
  ///
  /// @param created documents that are new
  /// @param known those whose bytes were there before
  /// @param failed files without a document, and documents that failed
  record Tally(int created, int known, int failed) {
    @Override
    public String toString() {
      var parts = new ArrayList<String>();
      parts.add(Texts.count(created, "document") + " ingested");
      if (known > 0) {
        parts.add(known + " known before");
      }
      if (failed > 0) {
        parts.add(failed + " failed");
      }
      return String.join(", ", parts);
    }
  }

  Tally tally() {
    int created = 0;
    int known = 0;
    int failed = 0;
    for (var result : results) {
      var status = result.path("document").path("status").asString("");
      if (result.has("error") || status.equals("failed") || status.equals("cancelled")) {
        failed++;
      } else if (created(result)) {
        created++;
      } else {
        known++;
      }
    }
    return new Tally(created, known, failed);
  }

  /// Chunks of all documents together, each document once.
  long chunks() {
    return documents().values().stream().mapToLong(it -> it.path("chunks").asLong(0)).sum();
  }

  private Map<String, JsonNode> documents() {
    var documents = new LinkedHashMap<String, JsonNode>();
    for (var result : results) {
      if (result.has("document")) {
        documents.put(result.path("document").path("id").asString(""), result.path("document"));
      }
    }
    return documents;
  }

  private static boolean created(JsonNode result) {
    return result.path("created").asBoolean(true);
  }

  private static String name(Path file) {
    return Objects.requireNonNullElse(file.getFileName(), file).toString();
  }
}
