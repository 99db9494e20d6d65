package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Ink;
import io.sluice.cli.terminal.Terminal;
import io.sluice.cli.terminal.Texts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The demo's second part: the example suite is stored and run against the sample assistant that
/// the server itself offers, over real HTTP, by voice where the machine can speak.
final class SuiteTour {
  private static final String SUITE = "Smart home";
  private static final String SPEAKER = "espeak-ng";

  private final Surroundings here;
  private final Terminal terminal;
  private final Api api;
  private final boolean quiet;

  SuiteTour(Surroundings here, Api api, boolean quiet) {
    this.here = here;
    this.terminal = here.terminal();
    this.api = api;
    this.quiet = quiet;
  }

  /// Where the examples are.
  ///
  /// @throws Refused if they are missing
  static Path examples(Path home) {
    var examples = home.resolve("examples");
    if (!Files.isDirectory(examples.resolve("tests"))) {
      throw new Refused("There are no tests in " + examples + "; is this the whole project?");
    }
    return examples;
  }

  /// Stores the suite, runs it, and shows what came of it.
  RunFindings take(Path examples) {
    push(examples.resolve("tests"));
    var started = start(request(examples));
    var board = new Board(quiet ? terminal.err() : terminal.out(), terminal.live() && !quiet);
    var ended = new TestRunFollower(api, board, terminal).follow(started);
    var findings = RunFindings.of(api, ended);
    if (!quiet) {
      show(findings);
    }
    return findings;
  }

  private void push(Path folder) {
    var answer = api.post(Query.path("/test-assets/import"), TestFolder.read(folder));
    var actions = new ArrayList<String>();
    for (var file : answer.path("files")) {
      var error = file.path("errors").path(0);
      if (!error.isMissingNode()) {
        throw new Refused(
            file.path("path").asString("") + ": " + error.path("detail").asString(""));
      }
      actions.add(file.path("action").asString("same"));
    }
    var counted =
        actions.stream()
            .collect(Collectors.groupingBy(a -> a, Collectors.counting()))
            .entrySet()
            .stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    say("");
    say("Storing the tests in " + folder + ": " + counted);
  }

  private JsonNode request(Path examples) {
    var request = Json.object();
    request.put("suiteId", api.get(Query.path("/test-suites", SUITE)).path("id").asString(""));
    request.put("triggerType", "demo");
    var environment = request.putObject("environment");
    environment.put("BASE_URL", api.server().toString());
    if (speaks()) {
      environment.set("assistant", voice(examples));
    } else {
      say(
          SPEAKER
              + " is not installed, so that the cases are written to the assistant, not spoken."
              + " To hear them: apt install "
              + SPEAKER
              + " (or brew install "
              + SPEAKER
              + ").");
    }
    return request;
  }

  private static JsonNode voice(Path examples) {
    var file = examples.resolve("assistants").resolve("sample-voice.json");
    try {
      return Json.read(Files.readString(file));
    } catch (IOException e) {
      throw new Refused("The file " + file + " can not be read: " + e.getMessage());
    }
  }

  private JsonNode start(JsonNode request) {
    var how = request.path("environment").has("assistant") ? "by voice" : "in writing";
    say(
        "Running the suite \"%s\" in three languages, %s, against the sample assistant,"
            .formatted(SUITE, how));
    say("which is wrong in a few places on purpose:");
    var run = api.post(Query.path("/test-runs"), request).path("testRunId").asString("");
    return api.post(Query.path("/test-runs", run, "schedule"), Json.object()).path("run");
  }

  /// The demo's server runs on this machine, and looks for the synthesiser where we do.
  private boolean speaks() {
    var named = here.environment().getOrDefault("SLUICE_PROVIDERS_SPEECH_PROGRAM", SPEAKER).strip();
    if (named.contains("/")) {
      return Files.isExecutable(Path.of(named));
    }
    var path = here.environment().getOrDefault("PATH", "");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .filter(directory -> !directory.isBlank())
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, named)));
  }

  private void show(RunFindings findings) {
    say("");
    findings.table().print(terminal);
    say(
        terminal.paint(
            Ink.FAINT,
            "✓ passed  ? a person decides  ✗ failed  ! not found out  - says nothing there"));
    var questions = findings.questions();
    if (!questions.isEmpty()) {
      say("");
      say(terminal.paint(Ink.BOLD, "What went to people, and why") + " (the most urgent first)");
      questions.print(terminal);
    }
    failures(findings.failures());
    if (!findings.complete()) {
      explain(findings);
    }
  }

  private void failures(List<RunFindings.Finding> failures) {
    if (failures.isEmpty()) {
      return;
    }
    say("");
    say(terminal.paint(Ink.BOLD, "What failed without a question"));
    for (var failure : failures) {
      say(
          Texts.harmless(
              "%s, %s: %s".formatted(failure.testCase(), failure.language(), failure.why())));
    }
  }

  private void explain(RunFindings findings) {
    boolean closed =
        findings.all().stream()
            .anyMatch(f -> f.execution().path("errorCode").asString("").equals("EGRESS_REFUSED"));
    say("");
    say(
        closed
            ? "The server may not call itself. Stop it, and start it with SLUICE_EGRESS_ALLOW=%s"
                .formatted(api.server().getAuthority())
            : "The run did not come to its end: " + findings.summary());
  }

  private void say(String line) {
    if (!quiet) {
      terminal.print(line);
    }
  }
}
