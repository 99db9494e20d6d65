package io.sluice.cli;

import io.sluice.cli.terminal.Bar;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How far a document is, in a line.
///
/// @param nameColumns how wide names are shown
record DocumentRow(Terminal terminal, int nameColumns) {
  private static final List<String> STAGES =
      List.of(
          "queued",
          "job_validated",
          "parsing",
          "parsed",
          "parse_validated",
          "chunking",
          "chunks_buffered",
          "embedding",
          "embedded");
  private static final int BAR = 20;
  private static final int NARROWEST = 16;
  private static final int WIDEST = 40;

  /// Rows for documents of these names.
  static DocumentRow forNames(Terminal terminal, List<String> names) {
    int longest =
        names.stream().mapToInt(name -> name.codePointCount(0, name.length())).max().orElse(0);
    return new DocumentRow(terminal, Math.clamp(longest, NARROWEST, WIDEST));
  }

  /// Whether it changes no more.
  static boolean ended(JsonNode document) {
    return switch (document.path("status").asString("")) {
      case "completed", "failed", "cancelled" -> true;
      default -> false;
    };
  }

  /// Whether it can be found.
  static boolean completed(JsonNode document) {
    return document.path("status").asString("").equals("completed");
  }

  /// The row of a document.
  Board.Row row(JsonNode document) {
    var name = Texts.harmless(document.path("name").asString("?"));
    return new Board.Row(
        document.path("id").asString(name),
        line(document, name),
        name + ": " + plain(document),
        ended(document));
  }

  /// The row of a document that was there before.
  Board.Row known(JsonNode document) {
    var name = Texts.harmless(document.path("name").asString("?"));
    var text = "same bytes as before, nothing to do; " + chunks(document);
    return new Board.Row(
        document.path("id").asString(name),
        head("=", Ink.CYAN, name) + " " + terminal.paint(Ink.FAINT, text),
        name + ": " + text,
        true);
  }

  /// The row of a file on its way.
  Board.Row uploading(String file, long sent, long size) {
    var share = size == 0 ? 1 : (double) sent / size;
    var name = Texts.harmless(file);
    return new Board.Row(
        "upload " + name,
        head(" ", Ink.FAINT, name)
            + " "
            + Bar.of(share, BAR)
            + "  uploading "
            + Texts.bytes(sent)
            + " of "
            + Texts.bytes(size),
        name + ": uploading " + Texts.bytes(size),
        false);
  }

  private String line(JsonNode document, String name) {
    var status = document.path("status").asString("");
    if (status.equals("failed") || status.equals("cancelled")) {
      return head("✗", Ink.RED, name) + " " + terminal.paint(Ink.RED, plainEnd(document));
    }
    if (status.equals("completed")) {
      return head("✓", Ink.GREEN, name)
          + " "
          + terminal.paint(Ink.GREEN, Bar.of(1, BAR))
          + "  "
          + chunks(document);
    }
    return head(" ", Ink.FAINT, name)
        + " "
        + Bar.of(share(document), BAR)
        + "  "
        + fitted(going(document));
  }

  private String plain(JsonNode document) {
    return ended(document) ? plainEnd(document) : stage(document) + trouble(document);
  }

  private String plainEnd(JsonNode document) {
    var error = document.path("error");
    return switch (document.path("status").asString("")) {
      case "completed" -> "completed, " + chunks(document);
      case "cancelled" -> "cancelled";
      default ->
          "failed: "
              + error.path("code").asString("FAILED")
              + ", "
              + Texts.harmless(error.path("message").asString("no reason was given"));
    };
  }

  private static String going(JsonNode document) {
    long total = document.path("progressTotal").asLong(0);
    var chunks =
        total > 0 ? "  " + document.path("progressDone").asLong(0) + "/" + total + " chunks" : "";
    return stage(document) + chunks + trouble(document);
  }

  private static String stage(JsonNode document) {
    var stage = document.path("stage").asString("queued");
    return (STAGES.indexOf(stage) + 1) + "/" + STAGES.size() + " " + Texts.harmless(stage);
  }

  private static String trouble(JsonNode document) {
    var message = document.path("error").path("message").asString("");
    return message.isEmpty() ? "" : ", is tried again: " + Texts.harmless(message);
  }

  private static String chunks(JsonNode document) {
    return Texts.count(document.path("chunks").asLong(0), "chunk");
  }

  /// Stages count alike; of the last but one, the part whose chunks have a vector.
  private static double share(JsonNode document) {
    int reached = STAGES.indexOf(document.path("stage").asString("queued"));
    double total = document.path("progressTotal").asDouble(0);
    boolean embedding = reached == STAGES.size() - 2 && total > 0;
    double part = embedding ? document.path("progressDone").asDouble(0) / total : 0;
    return (reached + part) / (STAGES.size() - 1);
  }

  private String head(String mark, Ink ink, String name) {
    return terminal.paint(ink, mark) + " " + Texts.pad(Texts.fit(name, nameColumns), nameColumns);
  }

  /// What is left of the line after the bar.
  private String fitted(String text) {
    return terminal.live() ? Texts.fit(text, terminal.columns() - nameColumns - BAR - 6) : text;
  }
}
