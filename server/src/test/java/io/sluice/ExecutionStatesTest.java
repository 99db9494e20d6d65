package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.run.ExecutionStatus;
import io.sluice.testing.run.model.ExecutionMove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The picture of a test execution's states is generated from the transition table.
class ExecutionStatesTest {
  private static final Path FILE =
      Path.of(System.getProperty("sluice.root", ".."), "docs", "states", "test-execution.md");

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

  @Test
  void everyStatusButTheFirstIsReachedAndNoneIsLeftThatHasEnded() {
    var reached = Arrays.stream(ExecutionMove.values()).map(ExecutionMove::to).toList();
    for (var status : ExecutionStatus.values()) {
      assertThat(status == ExecutionStatus.PENDING || reached.contains(status))
          .as(status.sql())
          .isTrue();
      assertThat(Arrays.stream(ExecutionMove.values()).anyMatch(m -> m.from().contains(status)))
          .as(status.sql())
          .isEqualTo(!status.ended());
    }
  }

  private static String markdown() {
    var out =
        new StringBuilder(
            """
            # States of a test's execution

            Generated from `io.sluice.testing.run.model.ExecutionMove`; a test fails when this file differs. To write it again:
            `mvn -pl server -am test -Dtest=ExecutionStatesTest -Dsluice.regenerate=true`

            ```mermaid
            stateDiagram-v2
              [*] --> pending
            """);
    for (var move : ExecutionMove.values()) {
      for (var from : move.from()) {
        out.append("  %s --> %s: %s\n".formatted(from.sql(), move.to().sql(), name(move)));
      }
    }
    out.append(
        """
        ```

        | move | from | to | when |
        |---|---|---|---|
        """);
    for (var move : ExecutionMove.values()) {
      var from = move.from().stream().map(ExecutionStatus::sql).collect(Collectors.joining(", "));
      out.append(
          "| %s | %s | %s | %s |\n".formatted(name(move), from, move.to().sql(), move.when()));
    }
    return out.toString();
  }

  private static String name(ExecutionMove move) {
    return move.sql().replace('_', ' ');
  }
}
