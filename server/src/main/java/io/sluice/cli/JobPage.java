package io.sluice.cli;

import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Table;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One job, as it is shown: its fields, why it does not run, its history.
record JobPage(Terminal terminal) {
  private static final List<String> FIELDS =
      List.of(
          "queue",
          "version",
          "priority",
          "hold",
          "attempt",
          "crashes",
          "worker",
          "limitKey",
          "uniqueKey",
          "parent",
          "stage");
  private static final List<String> TIMES =
      List.of("createdAt", "startedAt", "finishedAt", "wakeAt", "deadlineAt");
  private static final int LABEL = 12;

  /// Writes it.
  void print(JsonNode job) {
    var title = text(job, "kind") + " " + text(job, "id");
    terminal.print(
        terminal.paint(Ink.BOLD, title) + "  " + terminal.paint(ink(job), text(job, "state")));
    FIELDS.forEach(field -> line(field, text(job, field)));
    line("progress", progress(job));
    TIMES.forEach(field -> line(field, Texts.time(text(job, field))));
    line("reason", reason(job));
    job.path("why").forEach(why -> line("why", why.asString("")));
    history(job.path("history"));
  }

  private void history(JsonNode lines) {
    if (lines.isEmpty()) {
      return;
    }
    terminal.print("");
    var table = new Table("AT", "WHAT", "FROM → TO", "WHY", "WHO", "HOW");
    for (var line : lines) {
      table.row(
          Texts.time(text(line, "at")),
          text(line, "what"),
          move(line),
          text(line, "why"),
          text(line, "who"),
          how(line));
    }
    table.print(terminal);
  }

  private static String move(JsonNode line) {
    var to = text(line, "to");
    var from = text(line, "from");
    return to.isEmpty() ? "" : from.isEmpty() ? to : from + " → " + to;
  }

  private static String how(JsonNode line) {
    var error = error(line.path("error"));
    return (text(line, "detail") + " " + error).strip();
  }

  /// Done of total, where that is known.
  static String progress(JsonNode job) {
    long total = job.path("progressTotal").asLong(0);
    return total > 0 ? job.path("progressDone").asLong(0) + "/" + total : "";
  }

  /// Why it waits, or how it last failed.
  static String reason(JsonNode job) {
    var waits = text(job, "waitReason");
    return waits.isEmpty() ? error(job.path("lastError")) : waits;
  }

  private static String error(JsonNode error) {
    var code = text(error, "errorType").isEmpty() ? text(error, "code") : text(error, "errorType");
    var message = text(error, "message");
    return code.isEmpty() ? message : code + ": " + message;
  }

  private void line(String label, String value) {
    if (!value.isEmpty()) {
      terminal.print(
          "  " + terminal.paint(Ink.FAINT, Texts.pad(label, LABEL)) + Texts.harmless(value));
    }
  }

  private static Ink ink(JsonNode job) {
    return switch (text(job, "state")) {
      case "done" -> Ink.GREEN;
      case "deadletter" -> Ink.RED;
      case "retryable", "cancelled" -> Ink.YELLOW;
      default -> Ink.CYAN;
    };
  }

  private static String text(JsonNode node, String field) {
    return Texts.harmless(node.path(field).asString(""));
  }
}
