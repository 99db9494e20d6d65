package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.model.BreakerMove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The picture of a circuit breaker's states is generated from the transition table.
class CircuitStatesTest {
  private static final Path FILE =
      Path.of(System.getProperty("sluice.root", ".."), "docs", "states", "circuit-breaker.md");

  @Test
  void theCommittedPictureIsTheOneThatTheTableMakes() throws IOException {
    if (Boolean.getBoolean("sluice.regenerate")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, markdown());
    }
    assertThat(FILE)
        .as("run the test again with -Dsluice.regenerate=true, and commit the file")
        .exists()
        .hasContent(markdown());
  }

  private static String markdown() {
    var out =
        new StringBuilder(
            """
            # States of a circuit breaker

            Generated from `io.sluice.guard.model.BreakerMove`; a test fails when this file differs. To write it again:
            `mvn -pl server -am test -Dtest=CircuitStatesTest -Dsluice.regenerate=true`

            ```mermaid
            stateDiagram-v2
              [*] --> CLOSED
            """);
    for (var move : BreakerMove.values()) {
      for (var from : move.from()) {
        out.append("  %s --> %s: %s\n".formatted(from, move.to(), name(move)));
      }
    }
    out.append(
        """
        ```

        | move | from | to | when | event |
        |---|---|---|---|---|
        """);
    for (var move : BreakerMove.values()) {
      var from = move.from().stream().map(Enum::name).collect(Collectors.joining(", "));
      out.append(
          "| %s | %s | %s | %s | `%s` |\n"
              .formatted(name(move), from, move.to(), move.when(), move.code()));
    }
    return out.toString();
  }

  private static String name(BreakerMove move) {
    return move.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
