package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Board;
import io.sluice.cli.terminal.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs a suite, or the cases of folders, and follows it.
@Command(
    name = "run",
    description = {
      "Runs a suite that the server has, or stores the tests of folders there and runs those: their suites, or all",
      "their cases if there is none. With --wait it shows case by case and language by language how far the run is, and",
      "ends with 0 if everything passed, with 1 if something failed, and with 4 if nothing has failed but people have",
      "yet to decide. A pass behind a failed attempt shows as flaky.",
      ""
    })
final class TestRunCommand implements Callable<Integer> {
  private final Surroundings here;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(
      paramLabel = "SUITE|DIR",
      arity = "1..*",
      description = "a suite's name or id, or folders")
  private List<String> what = List.of();

  @Option(
      names = "--language",
      paramLabel = "TAG",
      split = ",",
      description = "in these languages (default: the suite's, or en-US)")
  private List<String> languages = List.of();

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "a variable that tests read as env.NAME")
  private Map<String, String> environment = new TreeMap<>();

  @Option(
      names = "--assistant",
      paramLabel = "JSON",
      description = {
        "how the assistant under test is reached, instead of what the suite says; as it is, or in a file",
        "(@FILE). It may read ${env.NAME}"
      })
  private @Nullable String assistant;

  @Option(names = "--wait", description = "show how far it is, and end with what came of it")
  private boolean wait;

  @Option(
      names = "--report",
      paramLabel = "FORMAT=FILE",
      description = {
        "write a report when the run has ended: junit, ctrf, html or json; may be given several times. That of a",
        "second suite has -2 in its name. Needs --wait"
      })
  private Map<String, Path> reports = new TreeMap<>();

  @Mixin private final ServerOptions server;

  TestRunCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    if (!wait && !reports.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--report needs --wait: there is nothing to report before the end");
    }
    var api = server.api();
    var runs = new ArrayList<JsonNode>();
    for (var request : requests(api)) {
      var run = api.post(Query.path("/test-runs"), request);
      var id = run.path("testRunId").asString("");
      runs.add(api.post(Query.path("/test-runs", id, "schedule"), Json.object()).path("run"));
    }
    if (!wait) {
      return started(runs);
    }
    return followed(api, runs);
  }

  private int started(List<JsonNode> runs) {
    if (server.json()) {
      print(runs);
    } else {
      runs.forEach(run ->
          here.terminal()
              .print(
                  "%s  %s: %s"
                      .formatted(
                          run.path("testRunId").asString(""),
                          Texts.harmless(run.path("name").asString("")),
                          Texts.count(run.path("counters").path("total").asLong(0), "execution"))));
    }
    return Exit.OK;
  }

  private int followed(Api api, List<JsonNode> runs) {
    var terminal = here.terminal();
    var board =
        server.json()
            ? new Board(terminal.err(), false)
            : new Board(terminal.out(), terminal.live());
    var ended = new ArrayList<JsonNode>();
    for (var run : runs) {
      ended.add(new TestRunFollower(api, board, terminal).follow(run));
    }
    report(api, ended);
    if (server.json()) {
      print(ended);
    } else {
      ended.forEach(run -> terminal.print(TestRunFollower.summary(run)));
    }
    return ended.stream().mapToInt(TestRunCommand::exit).reduce(Exit.OK, TestRunCommand::worse);
  }

  private void report(Api api, List<JsonNode> ended) {
    for (int i = 0; i < ended.size(); i++) {
      var run = ended.get(i).path("testRunId").asString("");
      for (var report : reports.entrySet()) {
        TestReportCommand.write(
            api,
            here,
            new TestReportCommand.Wanted(run, report.getKey()),
            numbered(report.getValue(), i + 1));
      }
    }
  }

  /// `report.xml`, `report-2.xml`.
  private static Path numbered(Path file, int number) {
    if (number == 1) {
      return file;
    }
    var name = file.getFileName().toString();
    int point = name.lastIndexOf('.');
    int end = point < 0 ? name.length() : point;
    return file.resolveSibling(name.substring(0, end) + "-" + number + name.substring(end));
  }

  private void print(List<JsonNode> runs) {
    var all = Json.object();
    all.putArray("items").addAll(runs);
    server.print(all);
  }

  private static int exit(JsonNode run) {
    return switch (run.path("outcome").asString("failed")) {
      case "passed" -> Exit.OK;
      case "undecided" -> Exit.UNDECIDED;
      default -> Exit.FAILED;
    };
  }

  /// A failure says more than people who have yet to decide.
  private static int worse(int a, int b) {
    return a == Exit.FAILED || b == Exit.FAILED ? Exit.FAILED : Math.max(a, b);
  }

  /// What is to be run: one request a suite, or one for all cases.
  private List<ObjectNode> requests(Api api) {
    var suites = new ArrayList<String>();
    var cases = new ArrayList<String>();
    for (var one : what) {
      if (Files.isDirectory(Path.of(one))) {
        store(api, Path.of(one), suites, cases);
      } else {
        suites.add(api.get(Query.path("/test-suites", one)).path("id").asString(""));
      }
    }
    var out = new ArrayList<ObjectNode>();
    suites.forEach(suite -> out.add(request().put("suiteId", suite)));
    if (suites.isEmpty()) {
      var request = request();
      var ids = request.putArray("testCaseIds");
      cases.forEach(ids::add);
      out.add(request);
    }
    return out;
  }

  private ObjectNode request() {
    var request = Json.object();
    request.put("triggerType", "cli");
    var tags = request.putArray("languages");
    languages.forEach(tags::add);
    var variables = request.putObject("environment");
    environment.forEach(variables::put);
    var reached = JsonArgument.read(spec.commandLine(), "--assistant", assistant);
    if (reached != null) {
      variables.set("assistant", reached);
    }
    return request;
  }

  private static void store(Api api, Path folder, List<String> suites, List<String> cases) {
    var answer = api.post(Query.path("/test-assets/import"), TestFolder.read(folder));
    for (var file : answer.path("files")) {
      var error = file.path("errors").path(0);
      if (!error.isMissingNode()) {
        throw new Refused(
            file.path("path").asString("") + ": " + error.path("detail").asString("has a mistake"));
      }
      var id = file.path("id").asString("");
      switch (file.path("kind").asString("").toLowerCase(java.util.Locale.ROOT)) {
        case "suite" -> suites.add(id);
        case "case" -> cases.add(id);
        default -> {}
      }
    }
  }
}
