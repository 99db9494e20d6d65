package io.sluice.notifications;

import static io.sluice.notifications.NotificationsServer.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.StubService;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Channels through HTTP: what is refused, what is shown, what is told when sending fails.
class ChannelsHttpTest {
  private static final String ROUTE = "/api/v1/notifications/channels";
  private static final Map<String, Object> SLACK =
      Map.of(
          "name", "n",
          "type", "slack",
          "url", "https://hooks.example/T0/secret-part",
          "on", List.of("run_finished"));

  private static String json(Object value) {
    return NotificationsServer.JSON.writeValueAsString(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\": \"\"} | /name",
        "{\"type\": \"pigeon\"} | /type",
        "{\"url\": \"ftp://x\"} | /url",
        "{\"url\": \"${env.HOME}\"} | /url",
        "{\"url\": \"https://x/${secrets.NO_SUCH}\"} | /url",
        "{\"url\": null} | /url",
        "{\"url\": \"***\"} | /url",
        "{\"on\": []} | /on",
        "{\"on\": [\"sunrise\"]} | /on/0",
        "{\"on\": [\"test\"]} | /on/0",
        "{\"on\": [\"queue_depth\"]} | /queueDepth",
        "{\"on\": [\"queue_depth\"], \"queueDepth\": 0} | /queueDepth",
        "{\"on\": [\"queue_age\"], \"queueAge\": \"PT0S\"} | /queueAge",
        "{\"queueDepth\": 5} | /queueDepth",
        "{\"suite\": \"No such suite\"} | /suite",
        "{\"languages\": [\"?\"]} | /languages/0",
        "{\"secret\": \"x\"} | /secret",
        "{\"type\": \"webhook\"} | /secret",
        "{\"type\": \"webhook\", \"secret\": \"whsec_short\"} | /secret",
        "{\"type\": \"email\", \"url\": null} | /to",
        "{\"type\": \"email\", \"url\": null, \"to\": [\"a@b\\r\\nBcc: c@d\"]} | /to/0",
        "{\"type\": \"email\", \"url\": null, \"to\": [\"a@b.c\"], \"smtp\": {\"host\": \"m\"}} | /from",
      })
  void whatBreaksARuleIsNamedWithItsPlace(String change, String place) {
    var asked = new HashMap<String, Object>(SLACK);
    NotificationsServer.JSON
        .readTree(change)
        .forEachEntry((name, value) ->
            asked.put(name, NotificationsServer.JSON.treeToValue(value, Object.class)));
    var problem =
        NotificationsServer.http()
            .post(ROUTE, json(asked))
            .problem(400, "BAD_NOTIFICATION_CHANNEL");
    assertThat(problem.at("/errors").valueStream().map(e -> e.get("pointer").asString()))
        .contains(place);
  }

  @Test
  void whatMayBeACredentialIsNeverShownAndNeedNotBeSentAgain() {
    var made = NotificationsServer.channel(SLACK);
    assertThat(made.get("url").asString()).isEqualTo("***");
    var http = NotificationsServer.http();
    var read = http.get(NotificationsServer.path(made));
    assertThat(read.body()).doesNotContain("secret-part");
    var tag = read.raw().headers().firstValue("ETag").orElseThrow();
    var changed = new HashMap<String, Object>(SLACK);
    changed.put("url", "***");
    changed.put("name", "renamed");
    assertThat(put(made, changed, tag).get("name").asString()).isEqualTo("renamed");
    http.send(
            "PUT",
            NotificationsServer.path(made),
            BodyPublishers.ofString(json(changed)),
            Map.of("Content-Type", "application/json", "If-Match", tag))
        .problem(412, "NOTIFICATION_CHANNEL_CHANGED");
    changed.put("url", "${secrets.EXAMPLE_TOKEN}");
    assertThat(put(made, changed, "*").get("url").asString())
        .as("a name tells nothing")
        .isEqualTo("${secrets.EXAMPLE_TOKEN}");
    NotificationsServer.drop(made);
    http.get(NotificationsServer.path(made)).problem(404, "UNKNOWN_NOTIFICATION_CHANNEL");
    http.get("/api/v1/notifications/" + UUID.randomUUID()).problem(404, "UNKNOWN_NOTIFICATION");
    http.post(ROUTE, json(Map.of("nmae", "n"))).problem(400, "BAD_BODY");
  }

  private static JsonNode put(JsonNode channel, Map<String, ?> asked, String tag) {
    return NotificationsServer.http()
        .send(
            "PUT",
            NotificationsServer.path(channel),
            BodyPublishers.ofString(json(asked)),
            Map.of("Content-Type", "application/json", "If-Match", tag))
        .json(200);
  }

  @Test
  void aPasswordIsNotTakenOverToAnotherServer() {
    var smtp = Map.of("host", "mail.example", "user", "u", "password", "${secrets.EXAMPLE_TOKEN}");
    var asked =
        new HashMap<String, Object>(
            Map.of(
                "name",
                "n",
                "type",
                "email",
                "to",
                List.of("a@example.com"),
                "from",
                "b@example.com",
                "on",
                List.of("run_failed"),
                "smtp",
                smtp));
    var made = NotificationsServer.channel(asked);
    asked.put("smtp", Map.of("host", "other.example", "user", "u", "password", "***"));
    NotificationsServer.http()
        .send(
            "PUT",
            NotificationsServer.path(made),
            BodyPublishers.ofString(json(asked)),
            Map.of("Content-Type", "application/json"))
        .problem(400, "BAD_NOTIFICATION_CHANNEL");
    NotificationsServer.drop(made);
  }

  @Test
  void aTestSaysWhatCameOfItAndIsInTheHistory() {
    try (var slack = StubService.start()) {
      var asked = new HashMap<String, Object>(SLACK);
      asked.put("url", slack.url("/hook"));
      asked.put("enabled", false);
      var made = NotificationsServer.channel(asked);
      var sent = test(made);
      assertThat(sent.get("state").asString()).as(sent.toString()).isEqualTo("sent");
      assertThat(slack.asked().getFirst().body()).contains("a test of channel");
      slack.answering(404);
      var refused = test(made);
      assertThat(refused.get("state").asString()).isEqualTo("failed");
      assertThat(refused.get("errorCode").asString()).isEqualTo("REFUSED");
      var history =
          NotificationsServer.history("occasion=test&channelId=" + made.get("id").asString());
      assertThat(history.stream().map(n -> n.get("state").asString()))
          .containsExactly("failed", "sent");
      NotificationsServer.drop(made);
    }
  }

  private static JsonNode test(JsonNode channel) {
    return NotificationsServer.http()
        .post(NotificationsServer.path(channel) + "/test", "")
        .json(200);
  }

  @Test
  void aMailServerOnANetworkThatMayNotBeCalledIsNotConnectedTo() {
    var made =
        NotificationsServer.channel(
            Map.of(
                "name",
                "inside",
                "type",
                "email",
                "to",
                List.of("a@example.com"),
                "from",
                "b@example.com",
                "on",
                List.of("run_failed"),
                "smtp",
                Map.of("host", "10.0.0.1", "port", 25, "security", "none")));
    var tried = test(made);
    assertThat(tried.get("state").asString()).isEqualTo("failed");
    assertThat(tried.get("errorCode").asString()).isEqualTo("EGRESS_REFUSED");
    NotificationsServer.drop(made);
  }

  @Test
  void whatIsRefusedIsADeadLetterThatCanBeSentRoundAgain() {
    try (var slack = StubService.start().answering(403)) {
      var asked = new HashMap<String, Object>(SLACK);
      asked.put("url", slack.url("/"));
      var made = NotificationsServer.channel(asked);
      var test = NotificationsServer.testCase(NotificationsServer.name("Refused"), 1, "en-US");
      NotificationsServer.run(Map.of("testCaseIds", List.of(test)), "en-US");
      var note = NotificationsServer.told(made, "failed");
      assertThat(note.get("error").asString()).contains("answered 403");
      var job = "/api/v1/jobs/" + note.get("jobId").asString();
      Await.until(
          "it is a dead letter",
          PATIENCE,
          () ->
              NotificationsServer.http()
                  .get(job)
                  .json(200)
                  .get("state")
                  .asString()
                  .equals("deadletter"));
      slack.answering(200);
      NotificationsServer.http().post(job + "/retry", "").json(202);
      assertThat(NotificationsServer.told(made, "sent").get("attempts").asInt()).isEqualTo(2);
      NotificationsServer.drop(made);
    }
  }

  @Test
  void whatWaitsWhenAChannelIsDisabledIsDiscarded() {
    var busy = StubService.Reply.of(503, "busy").with("Retry-After", "1");
    try (var slack = StubService.start().answering(_ -> busy)) {
      var asked = new HashMap<String, Object>(SLACK);
      asked.put("url", slack.url("/"));
      var made = NotificationsServer.channel(asked);
      var test = NotificationsServer.testCase(NotificationsServer.name("Busy"), 1, "en-US");
      NotificationsServer.run(Map.of("testCaseIds", List.of(test)), "en-US");
      Await.until("it is tried", PATIENCE, () -> !slack.asked().isEmpty());
      asked.put("enabled", false);
      put(made, asked, "*");
      var note = NotificationsServer.told(made, "discarded");
      assertThat(note.get("errorCode").asString()).isEqualTo("NOT_TAKEN");
      assertThat(slack.asked()).hasSize(1);
      NotificationsServer.drop(made);
    }
  }
}
