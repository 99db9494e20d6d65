package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The demo's first part: the guide is taken in, and asked.
///
/// @param ingestion of its chapters
/// @param answers to the questions
record GuideTour(Ingestion ingestion, List<ObjectNode> answers) {
  private static final List<String> QUESTIONS =
      List.of(
          "What happens to a job when its worker process dies?",
          "How are keyword and vector results combined?",
          "Which rehearsal should an operator do before the first night?");
  private static final int HITS_EACH = 2;

  /// The chapters of the guide.
  ///
  /// @throws Refused if there are none
  static List<Path> chapters(Path home) throws IOException {
    var guide = home.resolve("docs").resolve("guide");
    var files =
        Gathering.below(guide).stream()
            .filter(file -> file.toString().endsWith(".md") || file.toString().endsWith(".pdf"))
            .toList();
    if (files.isEmpty()) {
      throw new Refused("There are no chapters in " + guide + "; is this the whole project?");
    }
    return files;
  }

  /// Takes it.
  ///
  /// @param quiet whether nothing is shown
  static GuideTour take(Api api, Terminal terminal, List<Path> chapters, boolean quiet) {
    if (!quiet) {
      terminal.print("Taking in the " + Texts.count(chapters.size(), "chapter") + " of the guide:");
    }
    var board = new Board(quiet ? terminal.err() : terminal.out(), terminal.live() && !quiet);
    var ingestion = new Ingestion(api, terminal, board, chapters);
    ingestion.upload(chapters);
    ingestion.follow();
    var interview = new Interview(api, quiet ? null : terminal, HITS_EACH);
    return new GuideTour(ingestion, QUESTIONS.stream().map(interview::ask).toList());
  }

  /// Whether all of it came to its end.
  boolean well() {
    return ingestion.tally().failed() == 0 && answers.stream().allMatch(GuideTour::answered);
  }

  private static boolean answered(JsonNode answer) {
    return !answer.path("items").isEmpty();
  }

  /// What came of it, in a line.
  String summary() {
    return "%s (%s), %d of %d questions answered"
        .formatted(
            ingestion.tally(),
            Texts.count(ingestion.chunks(), "chunk"),
            answers.stream().filter(GuideTour::answered).count(),
            answers.size());
  }
}
