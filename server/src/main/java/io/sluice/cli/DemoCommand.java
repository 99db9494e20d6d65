package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.http.RunningServer;
import io.sluice.cli.terminal.Texts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    description = {
      "Shows Sluice at work. Its own guide: takes the chapters in and answers questions from them with citations.",
      "Its example tests: runs them in three languages by voice against a sample assistant that is wrong in a few",
      "places on purpose, and shows what passed, what failed, and what people are asked. Then says where to look next.",
      "Uses the server that runs on the data directory, or starts one that may call itself.",
      "",
      "On a terminal a server that was started stays up until Ctrl-C. A second run finds the same bytes, the same tests",
      "and what it has spoken before; the suite is run once more. Ends with 1 if a document failed, a question found",
      "nothing, or the run did not come to its end; what the run finds wrong with the assistant is no failure.",
      ""
    })
final class DemoCommand implements Callable<Integer> {
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

  /// What the demo has shown.
  ///
  /// @param report where the report of the run was written
  private record Shown(GuideTour guide, RunFindings tests, Path report, Duration took) {
    boolean well() {
      return guide.well() && tests.complete();
    }
  }

  @Override
  public Integer call() throws IOException {
    long began = System.nanoTime();
    var chapters = GuideTour.chapters(here.home());
    var examples = SuiteTour.examples(here.home());
    var directory = data != null ? data : here.data();
    var running = RunningServer.on(directory);
    var own = running.isPresent() ? null : start(directory);
    var api = new Api(own != null ? own.url() : running.orElseThrow().url());
    if (own == null) {
      say("Using the server that runs at " + api.server());
    }
    say("");
    var guide = GuideTour.take(api, here.terminal(), chapters, quiet());
    var tests = new SuiteTour(here, api, quiet()).take(examples);
    var report = report(api, tests, directory);
    var shown = new Shown(guide, tests, report, Duration.ofNanos(System.nanoTime() - began));
    boolean stays = own != null && here.terminal().live() && !once && !quiet();
    conclude(shown, api, stays || own == null);
    if (own != null && stays) {
      say("The server stays up. Ctrl-C stops it.");
      own.serve();
    }
    return shown.well() ? Exit.OK : Exit.FAILED;
  }

  /// Its log goes to its file only, so that it does not write between the bars. Nothing private may
  /// be called, but for its own address: the sample assistant is there.
  private ServerInThisProcess start(Path directory) throws IOException {
    say("Starting a server with its own PostgreSQL; its data are in " + directory + " …");
    long began = System.nanoTime();
    int port = freePort();
    var allowed = here.environment().getOrDefault("SLUICE_EGRESS_ALLOW", "").strip();
    var server =
        ServerInThisProcess.start(
            directory,
            port,
            List.of(
                "--logging.threshold.console=error",
                "--sluice.egress-allow="
                    + (allowed.isEmpty() ? "" : allowed + ",")
                    + "127.0.0.1:"
                    + port));
    say(
        "Ready at "
            + server.url()
            + " after "
            + Texts.span(Duration.ofNanos(System.nanoTime() - began)));
    return server;
  }

  /// It has to be known before the server is there, since the server is told that it may call it.
  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path report(Api api, RunFindings tests, Path directory) throws IOException {
    var run = tests.run().path("testRunId").asString("");
    var page = api.bytes(Query.path("/test-runs", run, "report").with("format", "html"));
    return Files.write(directory.resolve("demo-report.html"), page);
  }

  private void conclude(Shown shown, Api api, boolean stays) {
    if (quiet()) {
      here.terminal().print(Json.write(summary(shown, api)));
      return;
    }
    say("");
    say(shown.guide().summary() + ".");
    say(shown.tests().summary() + ".");
    say("All of it took " + Texts.span(shown.took()) + ".");
    new NextSteps(
            here.terminal(),
            data == null ? "" : " --data " + data,
            shown.tests().run().path("testRunId").asString(""),
            shown.report())
        .print(stays ? api.server() : null);
  }

  private static tools.jackson.databind.JsonNode summary(Shown shown, Api api) {
    var summary =
        Json.object()
            .put("server", api.server().toString())
            .put("millis", shown.took().toMillis())
            .put("report", shown.report().toString());
    summary.putArray("documents").addAll(shown.guide().ingestion().results());
    summary.putArray("answers").addAll(shown.guide().answers());
    summary.set("run", shown.tests().run());
    summary.set("executions", shown.tests().json());
    return summary;
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
