package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `sluice test run` and `sluice test report`, against a real server.
class TestRunCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path home;

  private CommandRun sluice(String... args) {
    var all = new ArrayList<>(List.of(args));
    all.add("--server=" + SharedServer.calls().base());
    return CommandRun.of(home, Map.of(), all.toArray(String[]::new));
  }

  private Path folder(StubService shop, String name) throws IOException {
    var folder = Files.createDirectories(home.resolve(name));
    Files.createDirectories(folder.resolve("cases"));
    Files.writeString(
        folder.resolve("cases/look.yaml"),
        """
        name: Look of %s
        type: http
        steps: [{name: look, url: "%s"}]
        """
            .formatted(name, shop.url("/${env.WHERE}")));
    Files.createDirectories(folder.resolve("suites"));
    Files.writeString(
        folder.resolve("suites/all.yaml"),
        """
        name: All of %s
        cases: [Look of %s]
        """
            .formatted(name, name));
    return folder;
  }

  @Test
  void runsAFolderAndEndsWithTheCodeThatCiNeeds() throws IOException {
    try (var shop = StubService.start()) {
      var folder = folder(shop, "shop-cli").toString();
      var good = sluice("test", "run", folder, "--wait", "-e", "WHERE=x");
      assertThat(good.exit()).as(good.out() + good.err()).isEqualTo(Exit.OK);
      assertThat(good.out()).contains("Look of shop-cli: en-US passed", "1 passed");
      assertThat(shop.asked().getFirst().path()).isEqualTo("/x");
      shop.answering(500);
      var bad =
          sluice("test", "run", "All of shop-cli", "--wait", "-e", "WHERE=y", "--output=json");
      assertThat(bad.exit()).isEqualTo(Exit.FAILED);
      var run = JSON.readTree(bad.out()).get("items").get(0).get("testRunId").asString();
      var file = home.resolve("report.xml");
      var report = sluice("test", "report", run, "--format", "junit", "-o", file.toString());
      assertThat(report.exit()).as(report.err()).isEqualTo(Exit.OK);
      assertThat(file).content().contains("<testsuite", "<failure");
    }
  }

  @Test
  void endsWithACodeOfItsOwnWhenPeopleHaveYetToDecide() throws IOException {
    try (var assistant = StubService.start()) {
      assistant.answering(_ ->
          StubService.Reply.of(200, "{\"intent\": \"lights.on\", \"reply\": \"Done.\"}")
              .with("Content-Type", "application/json"));
      var folder = Files.createDirectories(home.resolve("unsure"));
      Files.writeString(
          folder.resolve("light.yaml"),
          """
          name: Unsure light
          type: voice
          languages:
            en-US: {utterance: "lights please", expect: {intent: lights.on, entities: {room: kitchen}, reply: "The light is on now."}}
          """);
      var unsure =
          sluice(
              "test",
              "run",
              folder.toString(),
              "--wait",
              "--assistant",
              "{\"type\": \"text\", \"url\": \"" + assistant.url("/text") + "\"}");
      assertThat(unsure.exit()).as(unsure.out() + unsure.err()).isEqualTo(Exit.UNDECIDED);
      assertThat(unsure.out()).contains("to be reviewed");
    }
  }

  @Test
  void writesAReportOfEachSuite() throws IOException {
    try (var shop = StubService.start()) {
      var first = folder(shop, "shop-one").toString();
      var second = folder(shop, "shop-two").toString();
      var file = home.resolve("report.xml");
      var run =
          sluice(
              "test", "run", first, second, "--wait", "-e", "WHERE=x", "--report", "junit=" + file);
      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.OK);
      assertThat(file).content().contains("All of shop-one");
      assertThat(home.resolve("report-2.xml")).content().contains("All of shop-two");
      var early = sluice("test", "run", first, "--report", "junit=" + file);
      assertThat(early.exit()).isEqualTo(Exit.USAGE);
    }
  }

  @Test
  void anUnknownSuiteIsRefused() {
    var refused = sluice("test", "run", "No such suite");
    assertThat(refused.exit()).isEqualTo(Exit.FAILED);
    assertThat(refused.err()).contains("No such suite");
  }
}
