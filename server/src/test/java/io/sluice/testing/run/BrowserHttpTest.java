package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A page in a real browser; left out where none is installed.
class BrowserHttpTest {
  private static final TestDesk DESK = new TestDesk(SharedServer.calls());
  private static final String PAGE =
      """
      <!doctype html><title>Lamp shop</title>
      <label>Name <input id="n"></label>
      <select aria-label="Colour"><option value="r">Red</option><option value="b">Blue</option></select>
      <button onclick="document.getElementById('out').textContent='Hello '+document.getElementById('n').value">Greet</button>
      <p id="out"></p><script>console.log('ready')</script>
      """;

  private static String testCase(StubService shop, String greeting) {
    return DESK.testCase(
        """
        name: %s
        type: browser
        steps:
          - open %s
          - {fill: Name, with: Ada}
          - {select: Blue, from: Colour}
          - click Greet
          - expect text "%s"
          - screenshot greeted
        """
            .formatted(TestDesk.name("Greeting"), shop.url("/"), greeting));
  }

  @Test
  void whatIsDoneIsSeenAndWhatFailsLeavesAPictureBehind() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "Chromium is not installed");
    assumeTrue(
        Files.exists(Path.of("/usr/lib/node_modules/playwright-core/cli.js"))
            || Files.exists(Path.of("/usr/local/lib/node_modules/playwright-core/cli.js")),
        "Playwright's driver is not installed");
    try (var shop = StubService.start()) {
      shop.answering(_ -> StubService.Reply.of(200, PAGE).with("Content-Type", "text/html"));
      var run =
          DESK.run(List.of(testCase(shop, "Hello Ada"), testCase(shop, "Hello Bob")), Map.of());
      DESK.schedule(run);
      DESK.ended(run);
      var executions = DESK.executions(run);
      assertThat(executions.get(0).get("outcome").asString())
          .as(executions.get(0).toString())
          .isEqualTo("passed");
      assertThat(artifacts(executions.get(0).get("executionId").asString()))
          .containsExactly("greeted.png");
      assertThat(executions.get(1).get("outcome").asString()).isEqualTo("failed");
      assertThat(artifacts(executions.get(1).get("executionId").asString()))
          .contains("failure.png", "console.log", "trace.zip");
      var page = DESK.http().get("/api/v1/test-runs/" + run + "/report?format=html").body();
      assertThat(page).contains("data:image/png;base64,");
    }
  }

  private static List<String> artifacts(String execution) {
    return DESK.get("/test-executions/" + execution)
        .get("artifacts")
        .valueStream()
        .map(a -> a.get("name").asString())
        .toList();
  }
}
