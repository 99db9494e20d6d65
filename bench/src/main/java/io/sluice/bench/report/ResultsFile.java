package io.sluice.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The results as a page that says how they came about.
public final class ResultsFile {
  private static final String PAGE =
      """
      # Results

      Written by `%s` on %s. What the workloads are and how to read the numbers: [README.md](README.md).

      %s
      The value is the median of the counted rounds. The ratio is the value by that of `floor` in the same workload: more
      is better for rates, less is better for everything else. † Other processes used more than 8 %% of the machine in a
      counted round.

      %s## Versions and machine

      %s
      ## Settings

      %s\
      """;

  private ResultsFile() {}

  public static void write(Path file, Results results, Circumstances about) throws IOException {
    var facts = pairs(about.versions()) + pairs(about.machine());
    var page =
        PAGE.formatted(
            about.command(),
            about.date(),
            Table.of(results),
            about.notes().isEmpty() ? "" : "## Notes\n\n" + items(about.notes()) + "\n",
            facts,
            items(about.settings()));
    Files.writeString(file, page);
  }

  private static String pairs(Map<String, String> facts) {
    return items(facts.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
  }

  private static String items(List<String> lines) {
    var text = new StringBuilder();
    lines.forEach(line -> text.append("* ").append(line).append('\n'));
    return text.toString();
  }
}
