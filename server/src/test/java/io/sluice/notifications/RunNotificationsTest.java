package io.sluice.notifications;

import static io.sluice.notifications.NotificationsServer.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.StubService;
import io.sluice.webhooks.Receiver;
import io.sluice.webhooks.WebhooksServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What is told of runs, over real HTTP and SMTP.
class RunNotificationsTest {
  /// What the operator has set for the tests.
  private static final String SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void aRunWithManyAutoFailsIsOneMessageForEachChannel() throws Exception {
    try (var slack = StubService.start();
        var receiver = Receiver.saying(200);
        var nodes = NotificationsServer.otherNodes(2)) {
      var name = NotificationsServer.name("Kitchen <!channel> & @all");
      NotificationsServer.testCase(name, 12, "en-US", "es-MX", "fr-FR");
      var suite =
          NotificationsServer.asset(
              "test-suites",
              "name: %s\ncases: [%s]\n"
                  .formatted(
                      NotificationsServer.name("Smart home"),
                      NotificationsServer.JSON.writeValueAsString(name)));
      var all =
          NotificationsServer.channel(
              Map.of(
                  "name",
                  "team",
                  "type",
                  "slack",
                  "url",
                  slack.url("/services/${secrets.EXAMPLE_TOKEN}"),
                  "on",
                  List.of("auto_fail", "run_finished", "run_failed"),
                  "suite",
                  suite));
      var failures =
          NotificationsServer.channel(
              Map.of(
                  "name",
                  "failures in Spanish",
                  "type",
                  "webhook",
                  "url",
                  receiver.url(),
                  "secret",
                  "${secrets.EXAMPLE_SIGNING}",
                  "on",
                  List.of("auto_fail"),
                  "languages",
                  List.of("es")));
      var bad = NotificationsServer.run(Map.of("suiteId", suite), "en-US", "es-MX", "fr-FR");
      assertThat(bad.at("/counters/failed").asInt()).as(bad.toString()).isEqualTo(24);
      NotificationsServer.told(all, "sent");
      NotificationsServer.told(failures, "sent");
      // Behind it another one, of which only one channel is told: whatever else the first would
      // have brought is there before it.
      NotificationsServer.run(Map.of("suiteId", suite), "en-US");
      Await.until("both are told", PATIENCE, () -> slack.asked().size() >= 2);

      assertThat(slack.asked()).hasSize(2);
      assertThat(receiver.got()).hasSize(1);
      assertThat(NotificationsServer.history("testRunId=" + bad.get("testRunId").asString()))
          .hasSize(2);
      slackReadsWell(slack.asked().getFirst(), bad);
      hookReadsWell(receiver.got().getFirst(), bad);
      assertThat(slack.asked().get(1).body()).contains("passed").doesNotContain("Validation alone");
      NotificationsServer.drop(all);
      NotificationsServer.drop(failures);
    }
  }

  private static void slackReadsWell(StubService.Asked asked, JsonNode run) {
    assertThat(asked.path()).isEqualTo("/services/an-example-token");
    var body = NotificationsServer.JSON.readTree(asked.body());
    assertThat(body.get("text").asString()).startsWith("Smart home").endsWith("24 of 36 failed");
    assertThat(body.at("/blocks/0/type").asString()).isEqualTo("header");
    var blocks = body.get("blocks").toString();
    assertThat(blocks)
        .contains("12 passed, 24 failed", "Validation alone has failed 24", "24 wait for a person")
        .contains("*es-MX: 12 failed*", "*fr-FR: 12 failed*", "… and 2 more", "(row 10)")
        .contains("Kitchen &lt;!channel&gt; &amp; @\u200ball")
        .doesNotContain("<!channel>", "en-US: ", "(row 11)")
        .contains(
            "<"
                + WebhooksServer.PUBLIC
                + "/api/v1/test-runs/"
                + run.get("testRunId").asString()
                + "/report?format=html|");
  }

  private static void hookReadsWell(Receiver.Got got, JsonNode run) {
    assertThat(got.fits(SIGNING)).isTrue();
    assertThat(got.id()).isEqualTo("msg_" + got.json().at("/data/notificationId").asString());
    assertThat(got.json().get("type").asString()).isEqualTo("notification.auto_fail");
    assertThat(got.json().at("/data/testRunId")).isEqualTo(run.get("testRunId"));
    var languages = got.json().at("/data/languages");
    assertThat(languages).hasSize(1);
    assertThat(languages.at("/0/language").asString()).isEqualTo("es-MX");
    assertThat(languages.at("/0/autoFailed").asInt()).isEqualTo(12);
    assertThat(languages.at("/0/first")).hasSize(10);
  }

  @Test
  void whoeverASuiteNamesIsToldOfItsRuns() throws Exception {
    try (var receiver = Receiver.saying(500, 200)) {
      var name = NotificationsServer.name("Named");
      NotificationsServer.testCase(name, 1, "en-US", "es-MX");
      var suite =
          NotificationsServer.asset(
              "test-suites",
              """
              name: %1$s suite
              cases: ["%1$s"]
              notifications:
                - {channel: webhook, to: "%2$s&key=${secrets.EXAMPLE_TOKEN}", on: [run_failed]}
                - {channel: email, to: "team@example.com, second@example.com", on: [run_finished]}
              """
                  .formatted(name, receiver.url()));
      var before = NotificationsServer.mails().length;
      NotificationsServer.run(Map.of("suiteId", suite), "en-US");
      var bad = NotificationsServer.run(Map.of("suiteId", suite), "en-US", "es-MX");
      var query = "testRunId=" + bad.get("testRunId").asString() + "&state=sent";
      Await.until("both are told", PATIENCE, () -> NotificationsServer.history(query).size() == 2);
      assertThat(receiver.got()).as("the second attempt was taken").hasSize(2);
      assertThat(receiver.got().stream().map(Receiver.Got::id).distinct()).hasSize(1);
      assertThat(receiver.got().getFirst().header("webhook-signature")).isEmpty();
      Await.until(
          "each run is told to two",
          PATIENCE,
          () -> NotificationsServer.mails().length == before + 4);
      var mail = NotificationsServer.mails()[before];
      assertThat(mail.getSubject()).isEqualTo(name + " suite: passed");
      assertThat(NotificationsServer.history(query).toString()).doesNotContain("an-example-token");
    }
  }

  @Test
  void whatValidationFailsAfterTheEndIsToldOnceARun() {
    try (var receiver = Receiver.saying(200)) {
      var name = NotificationsServer.name("Late");
      var test = NotificationsServer.testCase(name, 2, "es-MX");
      var run = NotificationsServer.run(Map.of("testCaseIds", List.of(test)), "es-MX");
      var channel =
          NotificationsServer.channel(
              Map.of(
                  "name",
                  "late",
                  "type",
                  "webhook",
                  "url",
                  receiver.url(),
                  "secret",
                  SIGNING,
                  "on",
                  List.of("auto_fail")));
      var path = "/api/v1/test-runs/" + run.get("testRunId").asString();
      var executions = NotificationsServer.http().get(path + "/executions").json(200).get("items");
      for (var execution : executions) {
        var id = execution.get("executionId").asString();
        NotificationsServer.http().post("/api/v1/executions/" + id + "/validate", "{}").json(200);
      }
      NotificationsServer.told(channel, "sent");
      // Behind it a run, whose message is the last.
      NotificationsServer.run(Map.of("testCaseIds", List.of(test)), "es-MX");
      var got = receiver.await(2);
      assertThat(got).hasSize(2);
      assertThat(got.getFirst().json().at("/data/title").asString())
          .contains("validation failed " + name + " in es-MX");
      NotificationsServer.drop(channel);
    }
  }

  @Test
  void aMailIsTextAndHtmlAndNobodyAddsAHeader() throws Exception {
    var name = NotificationsServer.name("Mail");
    var test = NotificationsServer.testCase(name, 1, "es-MX");
    var channel =
        NotificationsServer.channel(
            Map.of(
                "name",
                "mail",
                "type",
                "email",
                "to",
                List.of("Ops Team <ops@example.com>"),
                "on",
                List.of("run_finished")));
    var injected = "Über <b>\r\nBcc: thief@example.com\r\n\r\nhello";
    NotificationsServer.run(Map.of("testCaseIds", List.of(test), "name", injected), "es-MX");
    var note = NotificationsServer.told(channel, "sent");
    var mail =
        Await.value(
            "the mail is there",
            PATIENCE,
            () -> {
              for (var one : NotificationsServer.mails()) {
                if (one.getMessageID().contains(note.get("id").asString())) {
                  return Optional.of(one);
                }
              }
              return Optional.empty();
            });
    assertThat(mail.getSubject()).startsWith("Über <b> Bcc: thief@example.com hello");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getHeader("To")[0]).contains("ops@example.com");
    assertThat(mail.getHeader("From")[0]).contains("sluice@example.com");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    var parts = (jakarta.mail.internet.MimeMultipart) mail.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(0).getContent().toString()).contains("es-MX: 1 failed", name);
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("<h3>es-MX: 1 failed</h3>", "Über &lt;b&gt;");
    NotificationsServer.drop(channel);
  }
}
