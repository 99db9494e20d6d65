package io.sluice.cli;

import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How far a case of a run is, in a line: a mark for each execution, by language.
record RunRow(Terminal terminal) {
  private static final int NAME = 40;

  /// With more executions in a language they are counted.
  private static final int MOST_MARKS = 8;

  /// The row of a case.
  ///
  /// @param executions of it, at least one
  Board.Row row(String key, List<JsonNode> executions) {
    var name = Texts.harmless(executions.getFirst().path("testCaseName").asString("?"));
    return new Board.Row(
        key,
        Texts.pad(Texts.fit(name, NAME), NAME) + cells(executions),
        name + ": " + executions.stream().map(RunRow::told).collect(Collectors.joining(", ")),
        executions.stream().allMatch(RunRow::ended));
  }

  private static boolean ended(JsonNode execution) {
    return execution.has("endedAt") && !validating(execution);
  }

  private static boolean validating(JsonNode execution) {
    return execution.path("validationState").asString("").equals("pending");
  }

  /// Cut where the terminal ends: a line that wraps could not be redrawn.
  private String cells(List<JsonNode> executions) {
    var byLanguage =
        executions.stream()
            .collect(
                Collectors.groupingBy(
                    e -> e.path("languageCode").asString(""),
                    LinkedHashMap::new,
                    Collectors.toList()));
    var line = new StringBuilder();
    int left = terminal.columns() - NAME - 3;
    for (var language : byLanguage.entrySet()) {
      var marks = marks(language.getValue());
      int width = marks.width() + language.getKey().length() + 3;
      if (width > left) {
        return line.append(" …").toString();
      }
      line.append("  ").append(language.getKey()).append(' ').append(marks.text());
      left -= width;
    }
    return line.toString();
  }

  /// @param width without colours
  private record Marks(String text, int width) {}

  private Marks marks(List<JsonNode> executions) {
    if (executions.size() <= MOST_MARKS) {
      var text =
          executions.stream()
              .map(e -> terminal.paint(ink(e), mark(e)))
              .collect(Collectors.joining());
      return new Marks(text, executions.size());
    }
    var counted =
        executions.stream()
            .collect(
                Collectors.groupingBy(RunRow::mark, LinkedHashMap::new, Collectors.counting()));
    var text =
        counted.entrySet().stream()
            .map(e -> e.getValue() + e.getKey())
            .collect(Collectors.joining(" "));
    return new Marks(text, text.length());
  }

  private static String told(JsonNode execution) {
    var row = execution.has("row") ? "/" + execution.path("row").asInt() : "";
    return execution.path("languageCode").asString("") + row + " " + word(execution);
  }

  private static String word(JsonNode execution) {
    var outcome = execution.path("outcome").asString("");
    if (execution.path("reviewPending").asBoolean(false)) {
      return outcome.isEmpty() ? "to be reviewed" : outcome + ", to be reviewed";
    }
    if (!outcome.isEmpty()) {
      return outcome;
    }
    return validating(execution) ? "validating" : execution.path("status").asString("");
  }

  private static String mark(JsonNode execution) {
    return switch (execution.path("outcome").asString("")) {
      case "passed" -> "✓";
      case "flaky" -> "~";
      case "failed" -> "✗";
      case "error" -> "!";
      case "skipped" -> "-";
      default ->
          execution.path("reviewPending").asBoolean(false)
              ? "?"
              : execution.path("status").asString("").equals("queued") ? "·" : "…";
    };
  }

  private static Ink ink(JsonNode execution) {
    return switch (execution.path("outcome").asString("")) {
      case "passed" -> Ink.GREEN;
      case "flaky" -> Ink.YELLOW;
      case "failed", "error" -> Ink.RED;
      case "skipped" -> Ink.FAINT;
      default -> execution.path("reviewPending").asBoolean(false) ? Ink.YELLOW : Ink.FAINT;
    };
  }
}
