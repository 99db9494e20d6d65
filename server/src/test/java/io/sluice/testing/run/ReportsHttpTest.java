package io.sluice.testing.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import io.sluice.testing.StubService;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// Reports, written and read.
class ReportsHttpTest {
  private static final TestDesk DESK = new TestDesk(SharedServer.calls());

  /// One that passed, one that passed at the second attempt, one that failed, twice.
  private static String run(StubService shop) {
    var flaky = new AtomicInteger();
    shop.answering(asked ->
        StubService.Reply.of(
            switch (asked.path()) {
              case "/good" -> 200;
              case "/flaky" -> flaky.incrementAndGet() == 1 ? 500 : 200;
              default -> 500;
            },
            "<b>&\u0007"));
    var cases =
        List.of("/good", "/flaky", "/bad").stream()
            .map(path ->
                DESK.testCase(
                    """
                    name: "%s <&> %s"
                    type: http
                    retries: {attempts: 2}
                    steps: [{name: look, url: "%s"}]
                    """
                        .formatted(TestDesk.name("Look"), path.substring(1), shop.url(path))))
            .toList();
    var run = DESK.run(cases, Map.of("name", "Shop & more"));
    DESK.schedule(run);
    DESK.ended(run);
    return run;
  }

  private static String report(String run, String format) {
    var reply = DESK.http().get("/api/v1/test-runs/" + run + "/report?format=" + format);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.body();
  }

  @Test
  void junitSaysAttemptsAsSurefireDoesAndIsReadBack() throws Exception {
    try (var shop = StubService.start()) {
      var run = run(shop);
      var xml = report(run, "junit");
      var suite =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getDocumentElement();
      assertThat(suite.getTagName()).isEqualTo("testsuite");
      for (var expected :
          Map.of(
                  "tests",
                  "3",
                  "failures",
                  "1",
                  "errors",
                  "0",
                  "skipped",
                  "0",
                  "name",
                  "Shop & more")
              .entrySet()) {
        assertThat(suite.getAttribute(expected.getKey())).isEqualTo(expected.getValue());
      }
      assertThat(suite.getElementsByTagName("flakyFailure").getLength()).isEqualTo(1);
      assertThat(suite.getElementsByTagName("rerunFailure").getLength()).isEqualTo(1);
      var failure = (Element) suite.getElementsByTagName("failure").item(0);
      assertThat(failure.getAttribute("type")).isEqualTo("ASSERTION_FAILED");
      assertThat(failure.getAttribute("message")).contains("the status is 500");
      var read =
          DESK.http()
              .send(
                  "POST",
                  "/api/v1/test-runs/import?name=again",
                  BodyPublishers.ofString(xml),
                  Map.of("Content-Type", "application/xml"))
              .json(201);
      assertThat(read.get("status").asString()).isEqualTo("completed");
      assertThat(read.get("outcome").asString()).isEqualTo("failed");
      assertThat(read.get("totalTests").asInt()).isEqualTo(3);
      for (var count : List.of("passed", "flaky", "failed")) {
        assertThat(read.get("counters").get(count).asInt()).as(count).isEqualTo(1);
      }
    }
  }

  @Test
  void ctrfHasWhatItsSchemaAsksFor() {
    try (var shop = StubService.start()) {
      var ctrf =
          DESK.http().get("/api/v1/test-runs/" + run(shop) + "/report?format=ctrf").json(200);
      assertThat(ctrf.get("reportFormat").asString()).isEqualTo("CTRF");
      assertThat(ctrf.get("specVersion").asString()).matches("\\d+\\.\\d+\\.\\d+");
      var results = ctrf.get("results");
      assertThat(results.get("tool").get("name").asString()).isEqualTo("sluice");
      var summary = results.get("summary");
      for (var count :
          Map.of(
                  "tests", 3, "passed", 2, "failed", 1, "skipped", 0, "pending", 0, "other", 0,
                  "flaky", 1)
              .entrySet()) {
        assertThat(summary.get(count.getKey()).asInt())
            .as(count.getKey())
            .isEqualTo(count.getValue());
      }
      assertThat(summary.get("start").isIntegralNumber()).isTrue();
      assertThat(summary.get("stop").asLong())
          .isGreaterThanOrEqualTo(summary.get("start").asLong());
      var flaky =
          results
              .get("tests")
              .valueStream()
              .filter(t -> t.get("flaky").asBoolean())
              .findFirst()
              .orElseThrow();
      assertThat(flaky.get("retries").asInt()).isEqualTo(1);
      assertThat(flaky.get("retryAttempts").get(0).get("status").asString()).isEqualTo("failed");
    }
  }

  @Test
  void thePageIsWholeAndNothingInItRuns() {
    try (var shop = StubService.start()) {
      var page = report(run(shop), "html");
      assertThat(page).startsWith("<!doctype html>").contains("Shop &amp; more", "<svg", "flaky");
      assertThat(page).doesNotContain("<script", "<b>", "src=\"http", "href=\"http");
    }
  }

  @Test
  void whatIsNoReportIsRefused() {
    for (var bad :
        List.of(
            "<html/>",
            "<testsuite name=\"x\"><testcase>",
            "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><testsuite name=\"&e;\"/>",
            "no xml")) {
      DESK.http()
          .send(
              "POST",
              "/api/v1/test-runs/import",
              BodyPublishers.ofString(bad),
              Map.of("Content-Type", "application/xml"))
          .problem(400, "BAD_REPORT");
    }
  }
}
