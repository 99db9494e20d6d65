package io.sluice.engine;

import io.sluice.engine.model.Move;

/// The picture of a job's states, as `docs/states/job.md` shows it.
final class StateDiagram {
  private StateDiagram() {}

  static String markdown() {
    var out =
        new StringBuilder(
            """
            # States of a job

            Generated from `io.sluice.engine.model.Move`; a test fails when this file differs. To write it again:
            `mvn -pl engine test -Dtest=StateDiagramTest -Dsluice.regenerate=true`

            ```mermaid
            stateDiagram-v2
              [*] --> queued
            """);
    for (var move : Move.values()) {
      for (var from : move.from()) {
        out.append("  %s --> %s: %s\n".formatted(from.sql(), move.to().sql(), name(move)));
      }
    }
    for (var state : JobState.values()) {
      if (state.terminal()) {
        out.append("  %s --> [*]\n".formatted(state.sql()));
      }
    }
    out.append(
        """
        ```

        | move | from | to | when | told by |
        |---|---|---|---|---|
        """);
    for (var move : Move.values()) {
      var from = move.from().stream().map(JobState::sql).toList();
      out.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  name(move),
                  String.join(", ", from),
                  move.to().sql(),
                  move.when(),
                  move.toldByTheRow() ? "the row" : "the history"));
    }
    return out.toString();
  }

  private static String name(Move move) {
    return move.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
