package io.sluice.notifications;

import static io.sluice.notifications.NotificationsServer.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.StubService;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What is told of the human queue, in languages that no other test uses.
class QueueNotificationsTest {
  @Test
  void aQueueThatIsTooDeepIsToldOnceAndOnceWhenItIsOver() {
    try (var slack = StubService.start()) {
      var channel = channel(slack, "sw", Map.of("on", List.of("queue_depth"), "queueDepth", 2));
      var test = NotificationsServer.testCase(NotificationsServer.name("Deep"), 3, "sw-KE");
      NotificationsServer.run(Map.of("testCaseIds", List.of(test)), "sw-KE");
      NotificationsServer.told(channel, "sent");
      var shown = NotificationsServer.http().get(NotificationsServer.path(channel)).json(200);
      assertThat(shown.at("/raised/0/occasion").asString()).isEqualTo("queue_depth");
      metricsAreThere();
      looksTwice();
      assertThat(slack.asked()).as("it is as deep as before").hasSize(1);
      assertThat(slack.asked().getFirst().body()).contains("wait for a person");
      reviews().forEach(review -> decide(review.get("reviewId").asString()));
      Await.until("it is over", PATIENCE, () -> slack.asked().size() == 2);
      assertThat(slack.asked().get(1).body()).contains("Review queue: down to 0 again");
      NotificationsServer.run(Map.of("testCaseIds", List.of(again())), "sw-KE");
      Await.until("it is too deep again", PATIENCE, () -> slack.asked().size() == 3);
      NotificationsServer.drop(channel);
    }
  }

  private static String again() {
    return NotificationsServer.testCase(NotificationsServer.name("Deep again"), 2, "sw-KE");
  }

  @Test
  void aQueueThatIsTooOldIsTold() {
    try (var slack = StubService.start()) {
      var channel =
          channel(slack, "xh-ZA", Map.of("on", List.of("queue_age"), "queueAge", "PT0.2S"));
      var test = NotificationsServer.testCase(NotificationsServer.name("Old"), 1, "xh-ZA");
      NotificationsServer.run(Map.of("testCaseIds", List.of(test)), "xh-ZA");
      var note = NotificationsServer.told(channel, "sent");
      assertThat(note.get("occasion").asString()).isEqualTo("queue_age");
      assertThat(note.at("/content/data/pending").asInt()).isEqualTo(1);
      NotificationsServer.drop(channel);
    }
  }

  private static JsonNode channel(StubService slack, String language, Map<String, ?> more) {
    var asked = new HashMap<String, Object>(more);
    asked.put("name", "queue");
    asked.put("type", "slack");
    asked.put("url", slack.url("/"));
    asked.put("languages", List.of(language));
    return NotificationsServer.channel(asked);
  }

  /// Waits for two looks that began later than now.
  private static void looksTwice() {
    var before = looks();
    Await.until("two looks", PATIENCE, () -> looks() >= before + 2);
  }

  /// How many have ended, by the job's meter.
  private static double looks() {
    var scrape = NotificationsServer.http().get("/actuator/prometheus").body();
    return Arrays.stream(scrape.split("\n"))
        .filter(line -> line.startsWith("sluice_job_run_seconds_count"))
        .filter(line -> line.contains("notification.look"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void metricsAreThere() {
    var http = NotificationsServer.http();
    Await.until(
        "three are counted",
        PATIENCE,
        () -> http.metric("sluice_review_queue{language=\"sw-KE\",status=\"pending\"}") == 3);
    assertThat(http.metric("sluice_review_queue_age_seconds{language=\"sw-KE\"}")).isPositive();
    assertThat(http.metric("sluice_test_outcomes_total")).isPositive();
    assertThat(http.metric("sluice_validation_wait_seconds_bucket")).isPositive();
    assertThat(http.metric("sluice_notifications_total")).isPositive();
  }

  private static List<JsonNode> reviews() {
    return NotificationsServer.http()
        .get("/api/v1/reviews?status=pending&language=sw-KE&limit=200")
        .json(200)
        .get("items")
        .valueStream()
        .toList();
  }

  private static void decide(String review) {
    var reviewer =
        Map.of("name", NotificationsServer.name("Asha"), "nativeLanguages", List.of("sw"));
    var id =
        NotificationsServer.http()
            .post("/api/v1/reviewers", NotificationsServer.JSON.writeValueAsString(reviewer))
            .json(201)
            .get("reviewerId")
            .asString();
    var path = "/api/v1/reviews/" + review;
    NotificationsServer.http()
        .post(path + "/claim", "{\"reviewerId\": \"%s\"}".formatted(id))
        .json(200);
    NotificationsServer.http()
        .post(path + "/decide", "{\"reviewerId\": \"%s\", \"verdict\": \"fail\"}".formatted(id))
        .json(200);
  }
}
