package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.testing.Scratch;
import io.sluice.testing.ChildServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `sluice demo` on a real server: the example suite comes out as its README says.
class DemoTest {
  private static final Path ROOT = Path.of(System.getProperty("sluice.root", ".."));
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What is not plainly passed, and the beginning of why. The assistant is wrong there on purpose.
  private static final Map<String, String> REMARKABLE =
      Map.ofEntries(
          Map.entry("Wake me in the morning en-US", "review: the reply does not say 07:00"),
          Map.entry("Set an alarm at a quarter past en-US", "review: time is 07:50; expected"),
          Map.entry("Turn on the light in the bedroom fr-FR", "review: room is missing; expected"),
          Map.entry("Turn off the light in every room fr-FR 3", "review: the reply says 'allumee'"),
          Map.entry("Weather in a city es-MX", "review: the answer took"),
          Map.entry("Play and stop music es-MX", "failed: Turn 1: the reply contains 'Playing'"),
          Map.entry("Leave the light as it is en-US", "failed: the reply contains 'is on'"),
          Map.entry("Leave the light as it is es-MX", "failed: the reply contains 'encendida'"),
          Map.entry("Leave the light as it is fr-FR", "failed: the reply contains 'allumée'"),
          Map.entry("A conversation over HTTP es-MX", "skipped: the case has no es-MX"));

  /// Of its own: the suite chooses its cases by their tags, among all that there are.
  private static ChildServer server;

  @TempDir private Path home;

  @BeforeAll
  static void start() {
    server = ChildServer.launch(Scratch.fresh("demo"), "--sluice.egress-allow=127.0.0.0/8");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// A link that leads out of it is not left to the one who clears up.
  @AfterEach
  void unlink() throws IOException {
    Files.deleteIfExists(home.resolve("examples"));
  }

  @Test
  void runsTheExampleSuiteAsItsReadmeSays() throws IOException {
    var path = Map.of("PATH", System.getenv().getOrDefault("PATH", ""));
    var shown = demo(path, "--output", "json");
    assertThat(shown.exit()).as(shown.out() + shown.err()).isEqualTo(Exit.OK);
    var summary = JSON.readTree(shown.out());
    assertThat(remarkable(summary)).hasSameSizeAs(REMARKABLE);
    remarkable(summary)
        .forEach((cell, why) -> assertThat(why).as(cell).startsWith(REMARKABLE.get(cell)));
    assertThat(summary.at("/run/counters/passed").asInt()).isEqualTo(42);
    assertThat(home.resolve("data/demo-report.html")).content().contains("Worth a look");
  }

  @Test
  void writesToTheAssistantWhereNothingCanSpeak() throws IOException {
    var shown = demo(Map.of("PATH", home.toString()));
    assertThat(shown.exit()).as(shown.out() + shown.err()).isEqualTo(Exit.OK);
    assertThat(shown.out())
        .contains("apt install espeak-ng", "in writing")
        .contains("CASE", "en-US", "es-MX", "fr-FR", "3 × ✓ 100 %", "? 68.94 %", "✗ 0 %")
        .contains("What went to people, and why", "time is 07:50; expected 07:15")
        .contains("Play and stop music, es-MX: Turn 1: the reply contains 'Playing'")
        .contains("/report?format=html", "/reviews?status=pending", "./sluice test run");
  }

  /// On the examples of the project, and one short chapter.
  private CommandRun demo(Map<String, String> environment, String... more) throws IOException {
    var guide = Files.createDirectories(home.resolve("docs/guide"));
    Files.copy(ROOT.resolve("docs/guide/06-searching.md"), guide.resolve("06-searching.md"));
    Files.createSymbolicLink(home.resolve("examples"), ROOT.resolve("examples").toRealPath());
    var data = Files.createDirectories(home.resolve("data"));
    Files.writeString(
        data.resolve("server.json"),
        "{\"url\":\"%s\",\"pid\":%d}"
            .formatted(server.calls().base(), ProcessHandle.current().pid()));
    var arguments = new String[more.length + 2];
    arguments[0] = "demo";
    arguments[1] = "--once";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return CommandRun.of(home, environment, arguments);
  }

  private static Map<String, String> remarkable(JsonNode summary) {
    var out = new TreeMap<String, String>();
    for (var one : summary.get("executions")) {
      var outcome = one.path("outcome").asString("review");
      if (!outcome.equals("passed")) {
        var row = one.has("row") ? " " + one.get("row").asInt() : "";
        out.put(
            one.get("testCaseName").asString() + " " + one.get("languageCode").asString() + row,
            outcome + ": " + one.get("why").asString());
      }
    }
    return out;
  }
}
