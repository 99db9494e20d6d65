package io.sluice.cli;

import io.sluice.cli.terminal.Bar;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The steps of an execution as a tree, a line each.
///
/// @param nameColumns how wide names are shown, with what they are indented by
record StepRow(Terminal terminal, int nameColumns) {
  private static final int BAR = 20;
  private static final int NARROWEST = 16;
  private static final int WIDEST = 44;
  private static final int TYPE = 14;

  /// So many lines are drawn again and again; of a larger tree only what goes on.
  private static final int WHOLE = 20;

  /// Rows that are wide enough for these steps.
  static StepRow forSteps(Terminal terminal, JsonNode steps) {
    int longest = 0;
    var depths = depths(steps);
    for (var step : steps) {
      var name = id(step);
      longest =
          Math.max(
              longest, name.codePointCount(0, name.length()) + 2 * depths.getOrDefault(name, 0));
    }
    return new StepRow(terminal, Math.clamp(longest, NARROWEST, WIDEST));
  }

  /// The rows.
  ///
  /// @param steps as the server lists them
  /// @param last whether the execution has ended: every row stays then
  List<Board.Row> rows(JsonNode steps, boolean last) {
    var depths = depths(steps);
    var rows = new ArrayList<Board.Row>();
    for (var step : steps) {
      int depth = depths.getOrDefault(id(step), 0);
      boolean stays = last || (steps.size() > WHOLE && over(step));
      rows.add(new Board.Row(id(step), line(step, depth), plain(step), stays));
    }
    return rows;
  }

  /// Lines for somewhere that is no terminal: what has not begun is not worth one.
  List<Board.Row> plainRows(JsonNode steps) {
    var rows = new ArrayList<Board.Row>();
    for (var step : steps) {
      switch (state(step)) {
        case "blocked", "ready", "not_reached" -> {}
        default -> rows.add(new Board.Row(id(step), "", plain(step), over(step)));
      }
    }
    return rows;
  }

  private static Map<String, Integer> depths(JsonNode steps) {
    var depths = new HashMap<String, Integer>();
    for (var step : steps) {
      var parent = step.path("parent").asString("");
      depths.put(id(step), parent.isEmpty() ? 0 : depths.getOrDefault(parent, 0) + 1);
    }
    return depths;
  }

  private String line(JsonNode step, int depth) {
    var name = "  ".repeat(depth) + Texts.harmless(id(step));
    var head =
        terminal.paint(ink(step), mark(step))
            + " "
            + Texts.pad(Texts.fit(name, nameColumns), nameColumns)
            + " "
            + terminal.paint(Ink.FAINT, Texts.pad(step.path("type").asString(""), TYPE));
    var total = step.path("items").path("total").asLong(0);
    var bar = total > 0 ? " " + Bar.of(share(step.path("items")), BAR) : "";
    int used = 2 + nameColumns + 1 + TYPE + (bar.isEmpty() ? 0 : BAR + 1) + 2;
    return head + bar + "  " + fitted(told(step), used);
  }

  private static String plain(JsonNode step) {
    return Texts.harmless(id(step)) + ": " + told(step);
  }

  /// State, items, attempts, time, error: what there is to say.
  private static String told(JsonNode step) {
    var text = new StringBuilder(state(step));
    var items = step.path("items");
    if (items.path("total").asLong(0) > 0) {
      text.append("  ").append(ended(items)).append('/').append(items.path("total").asLong(0));
      long failed = items.path("failed").asLong(0);
      text.append(failed > 0 ? ", " + failed + " failed" : "");
    }
    if (step.path("attempts").asLong(0) > 1) {
      text.append("  attempt ").append(step.path("attempts").asLong(0));
    }
    if (over(step) && step.path("durationMillis").isNumber()) {
      text.append("  ").append(span(step.path("durationMillis").asLong(0)));
    }
    var due = due(step);
    if (due != null) {
      text.append("  due ").append(due);
    }
    var message = step.path("error").path("message").asString("");
    if (!message.isEmpty()) {
      text.append("  ").append(step.path("error").path("code").asString("")).append(": ");
      text.append(Texts.harmless(message));
    }
    return text.toString();
  }

  private static @Nullable String due(JsonNode step) {
    var due = step.path("dueAt").asString("");
    return over(step) || due.isEmpty() ? null : Texts.time(due);
  }

  private static String span(long millis) {
    return millis < 1000 ? millis + " ms" : Texts.span(Duration.ofMillis(millis));
  }

  private static double share(JsonNode items) {
    return (double) ended(items) / items.path("total").asLong(1);
  }

  private static long ended(JsonNode items) {
    return items.path("completed").asLong(0) + items.path("failed").asLong(0);
  }

  private static boolean over(JsonNode step) {
    return switch (state(step)) {
      case "completed", "failed", "skipped", "not_reached" -> true;
      default -> false;
    };
  }

  private static String mark(JsonNode step) {
    return switch (state(step)) {
      case "completed" -> "✓";
      case "failed" -> "✗";
      case "skipped", "not_reached" -> "–";
      case "running" -> "▸";
      case "waiting" -> "…";
      default -> "·";
    };
  }

  private static Ink ink(JsonNode step) {
    return switch (state(step)) {
      case "completed" -> Ink.GREEN;
      case "failed" -> Ink.RED;
      case "waiting" -> Ink.YELLOW;
      case "running" -> Ink.CYAN;
      default -> Ink.FAINT;
    };
  }

  private static String state(JsonNode step) {
    return step.path("state").asString("");
  }

  private static String id(JsonNode step) {
    return step.path("stepId").asString("");
  }

  /// What is left of the line.
  private String fitted(String text, int used) {
    return terminal.live() ? Texts.fit(text, terminal.columns() - used - 1) : text;
  }
}
