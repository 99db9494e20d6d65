package io.sluice.cli;

import io.sluice.cli.http.Json;
import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One execution, as it is shown: its fields, its steps, what it gave.
record ExecutionPage(Terminal terminal) {
  private static final List<String> FIELDS =
      List.of(
          "workflowId",
          "trigger",
          "startedBy",
          "parentId",
          "forkedFrom",
          "forkedStep",
          "heldBy",
          "attempt");
  private static final List<String> TIMES =
      List.of("createdAt", "runAt", "startedAt", "finishedAt", "wakeAt");
  private static final int LABEL = 12;

  /// Writes it, without its steps.
  void print(JsonNode execution) {
    var version = text(execution, "version");
    terminal.print(
        terminal.paint(
                Ink.BOLD,
                text(execution, "name")
                    + (version.isEmpty() ? "" : " v" + version)
                    + " "
                    + text(execution, "executionId"))
            + "  "
            + terminal.paint(ink(execution), status(execution)));
    FIELDS.forEach(field -> line(field, text(execution, field)));
    execution
        .path("labels")
        .propertyStream()
        .forEach(label -> line("label", label.getKey() + ": " + label.getValue().asString("")));
    TIMES.forEach(field -> line(field, Texts.time(text(execution, field))));
    line("reason", reason(execution));
    values(execution);
  }

  private void values(JsonNode execution) {
    for (var field : List.of("input", "output")) {
      var value = execution.path(field);
      if (!value.isMissingNode() && !value.isNull()) {
        line(field, Json.write(value).replaceAll("\\s*\\n\\s*", " "));
      }
    }
  }

  /// Writes the steps.
  void steps(JsonNode steps) {
    if (steps.isEmpty()) {
      return;
    }
    terminal.print("");
    StepRow.forSteps(terminal, steps)
        .rows(steps, true)
        .forEach(row -> terminal.print("  " + row.live()));
  }

  /// The status, and whether it is held.
  static String status(JsonNode execution) {
    return execution.path("status").asString("")
        + (execution.path("held").asBoolean(false) ? ", held" : "");
  }

  /// Why it waits, or how it failed.
  static String reason(JsonNode execution) {
    var error = execution.path("error");
    if (error.isObject()) {
      var step = error.path("step").asString("");
      return (step.isEmpty() ? "" : step + ": ")
          + error.path("code").asString("")
          + ": "
          + Texts.harmless(error.path("message").asString(""));
    }
    return Texts.harmless(execution.path("waitReason").asString(""));
  }

  private void line(String label, String value) {
    if (!value.isEmpty() && !(label.equals("attempt") && value.equals("0"))) {
      terminal.print(
          "  " + terminal.paint(Ink.FAINT, Texts.pad(label, LABEL)) + Texts.harmless(value));
    }
  }

  private static Ink ink(JsonNode execution) {
    return switch (text(execution, "status")) {
      case "completed" -> Ink.GREEN;
      case "failed", "timed_out" -> Ink.RED;
      case "cancelled" -> Ink.YELLOW;
      default -> Ink.CYAN;
    };
  }

  private static String text(JsonNode node, String field) {
    return Texts.harmless(node.path(field).asString(""));
  }
}
