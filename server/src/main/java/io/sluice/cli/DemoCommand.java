package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.RunningServer;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    description = {
      "Shows Sluice at work on its own guide: takes the chapters in, answers questions from them with citations,",
      "and says where to look next. Uses the server that runs on the data directory, or starts one.",
      "",
      "On a terminal a server that was started stays up until Ctrl-C. A second run finds the same bytes and",
      "does nothing twice. Ends with 1 if a document failed or a question found nothing.",
      ""
    })
final class DemoCommand implements Callable<Integer> {
  private static final List<String> QUESTIONS =
      List.of(
          "What happens to a job when its worker process dies?",
          "How are keyword and vector results combined?",
          "Which rehearsal should an operator do before the first night?");
  private static final int HITS_EACH = 2;

  private final Surroundings here;

  @Option(names = "--once", description = "end after the summary")
  private boolean once;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where everything is kept (default: data, beside the launcher)")
  private @Nullable Path data;

  @Mixin private final OutputOption output = new OutputOption();

  DemoCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    long began = System.nanoTime();
    var chapters = chapters();
    var directory = data != null ? data : here.data();
    var running = RunningServer.on(directory);
    var own = running.isPresent() ? null : start(directory);
    var api = new Api(own != null ? own.url() : running.orElseThrow().url());
    if (own == null) {
      say("Using the server that runs at " + api.server());
    }
    say("");
    var ingestion = ingest(api, chapters);
    var answers = ask(api);
    boolean well =
        ingestion.tally().failed() == 0 && answers.stream().allMatch(DemoCommand::answered);
    boolean stays = own != null && here.terminal().live() && !once && !output.json();
    conclude(
        ingestion, answers, api, stays || own == null, Duration.ofNanos(System.nanoTime() - began));
    if (own != null && stays) {
      say("The server stays up. Ctrl-C stops it.");
      own.serve();
    }
    return well ? Exit.OK : Exit.FAILED;
  }

  private List<Path> chapters() throws IOException {
    var guide = here.home().resolve("docs").resolve("guide");
    var files =
        Gathering.below(guide).stream()
            .filter(file -> file.toString().endsWith(".md") || file.toString().endsWith(".pdf"))
            .toList();
    if (files.isEmpty()) {
      throw new Refused("There are no chapters in " + guide + "; is this the whole project?");
    }
    return files;
  }

  /// Its log goes to its file only, so that it does not write between the bars.
  private ServerInThisProcess start(Path directory) {
    say("Starting a server with its own PostgreSQL; its data are in " + directory + " …");
    long began = System.nanoTime();

    var server =
        ServerInThisProcess.start(directory, 0, List.of("--logging.threshold.console=error"));
    say(
        "Ready at "
            + server.url()
            + " after "
            + Texts.span(Duration.ofNanos(System.nanoTime() - began)));
    return server;
  }

  private Ingestion ingest(Api api, List<Path> chapters) {
    var terminal = here.terminal();
    say("Taking in the " + Texts.count(chapters.size(), "chapter") + " of the guide:");
    var board = new Board(quiet() ? terminal.err() : terminal.out(), terminal.live() && !quiet());
    var ingestion = new Ingestion(api, terminal, board, chapters);
    ingestion.upload(chapters);
    ingestion.follow();
    return ingestion;
  }

  private List<ObjectNode> ask(Api api) {
    var interview = new Interview(api, quiet() ? null : here.terminal(), HITS_EACH);
    return QUESTIONS.stream().map(interview::ask).toList();
  }

  private static boolean answered(JsonNode answer) {
    return !answer.path("items").isEmpty();
  }

  private void conclude(
      Ingestion ingestion, List<ObjectNode> answers, Api api, boolean stays, Duration took) {
    long found = answers.stream().filter(DemoCommand::answered).count();
    if (quiet()) {
      var summary =
          Json.object().put("server", api.server().toString()).put("millis", took.toMillis());
      summary.putArray("documents").addAll(ingestion.results());
      summary.putArray("answers").addAll(answers);
      here.terminal().print(Json.write(summary));
      return;
    }
    say("");
    say(
        "%s (%s), %d of %d questions answered, %s in all."
            .formatted(
                ingestion.tally(),
                Texts.count(ingestion.chunks(), "chunk"),
                found,
                answers.size(),
                Texts.span(took)));
    new NextSteps(here.terminal(), data == null ? "" : " --data " + data)
        .print(stays ? api.server() : null);
  }

  private boolean quiet() {
    return output.json();
  }

  private void say(String line) {
    if (!quiet()) {
      here.terminal().print(line);
    }
  }
}
