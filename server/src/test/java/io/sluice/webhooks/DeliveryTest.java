package io.sluice.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.SharedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeliveryTest {
  private static final WebhooksServer SERVER = WebhooksServer.shared();

  private final String type = "t" + UUID.randomUUID().toString().substring(0, 8);

  private static String secret(JsonNode made) {
    return made.get("secret").asString();
  }

  @Test
  void anEventArrivesSignedAndIsInTheHistory() {
    try (var receiver = new Receiver(_ -> new Receiver.Says(200, Map.of("X-A", "b"), "thanks"))) {
      var made =
          SERVER.create(
              Map.of(
                  "name", "all",
                  "url", receiver.url(),
                  "types", List.of(type),
                  "headers", Map.of("Authorization", "Bearer static-1", "X-Team", "red")));
      var subject = SERVER.announce(type, "thing.made", Map.of("size", 3, "name", "Ümlaut 😀"));
      var got = receiver.await(1).getFirst();
      assertThat(got.fits(secret(made))).isTrue();
      assertThat(got.header("content-type")).startsWith("application/json");
      assertThat(got.header("authorization")).isEqualTo("Bearer static-1");
      assertThat(got.json().get("type").asString()).isEqualTo("thing.made");
      assertThat(got.json().get("timestamp").asString()).endsWith("Z");
      assertThat(got.json().at("/data/subjectId").asString()).isEqualTo(subject.toString());
      assertThat(got.json().at("/data/payload/name").asString()).isEqualTo("Ümlaut 😀");
      assertThat(got.id()).isEqualTo("msg_" + got.json().at("/data/id").asString());

      var delivery = SERVER.ended(made);
      assertThat(delivery.get("status").asString()).isEqualTo("delivered");
      assertThat(delivery.get("body").asString()).isEqualTo(got.body());
      assertThat(delivery.get("messageId").asString()).isEqualTo(got.id());
      var attempt = delivery.get("attempts").get(0);
      assertThat(attempt.get("status").asInt()).isEqualTo(200);
      assertThat(attempt.get("responseBody").asString()).isEqualTo("thanks");
      assertThat(attempt.get("tookMillis").asLong()).isGreaterThanOrEqualTo(0);
      assertThat(attempt.at("/requestHeaders/Authorization").asString()).isEqualTo("***");
      assertThat(attempt.at("/requestHeaders/X-Team").asString()).isEqualTo("red");
      assertThat(attempt.at("/requestHeaders/webhook-id").asString()).isEqualTo(got.id());
      assertThat(delivery.toString()).doesNotContain("static-1", secret(made));
      assertThat(
              SERVER
                  .http()
                  .get("/api/v1/webhook-events/" + delivery.get("id").asString())
                  .json(200))
          .isEqualTo(delivery);
    }
  }

  @Test
  void aFilterChoosesAmongTheEvents() {
    try (var receiver = Receiver.saying(200)) {
      SERVER.create(
          Map.of(
              "name",
              "filtered",
              "url",
              receiver.url(),
              "types",
              List.of(type + ".*"),
              "filter",
              "payload.size > 10"));
      SERVER.announce("x", type + ".a", Map.of("size", 5));
      SERVER.announce("x", type + "b", Map.of("size", 50));
      SERVER.announce("x", type + ".c", Map.of("size", 11));
      var got = receiver.await(1);
      assertThat(got).hasSize(1);
      assertThat(got.getFirst().json().get("type").asString()).isEqualTo(type + ".c");
    }
  }

  @Test
  void aFailureIsTriedAgainWithTheSameIdUntilItArrives() {
    try (var receiver = Receiver.saying(500, 302, 200)) {
      var made = SERVER.subscribe(receiver, type);
      SERVER.announce(type, "thing.made", Map.of());
      var got = receiver.await(3);
      var delivery = SERVER.ended(made);
      assertThat(delivery.get("status").asString()).isEqualTo("delivered");
      assertThat(delivery.get("attempts").valueStream().map(a -> a.get("status").asInt()))
          .containsExactly(500, 302, 200);
      assertThat(got.stream().map(Receiver.Got::id).distinct()).hasSize(1);
      assertThat(got).allMatch(g -> g.fits(secret(made)));
      assertThat(SERVER.webhook(made).has("failingSince")).isFalse();
    }
  }

  @Test
  void whenAllAttemptsFailTheJobIsADeadLetterThatCanBeSentRoundAgain() {
    try (var receiver = Receiver.saying(500)) {
      var made = SERVER.subscribe(receiver, type);
      SERVER.announce(type, "thing.made", Map.of());
      var delivery = SERVER.ended(made);
      assertThat(delivery.get("status").asString()).isEqualTo("failed");
      assertThat(delivery.get("attempts").size()).isEqualTo(3);
      assertThat(SERVER.webhook(made).get("enabled").asBoolean()).isTrue();
      assertThat(SERVER.webhook(made).has("failingSince")).isTrue();
      var job = "/api/v1/jobs/" + delivery.get("jobId").asString();
      Await.until(
          "it is a dead letter",
          Duration.ofSeconds(10),
          () -> SERVER.http().get(job).json(200).get("state").asString().equals("deadletter"));
      receiver.says(204);
      SERVER.http().post(job + "/retry", "").json(202);
      receiver.await(4);
      var again = SERVER.ended(made);
      Await.until(
          "it is delivered",
          Duration.ofSeconds(10),
          () -> SERVER.ended(made).get("status").asString().equals("delivered"));
      assertThat(again.get("messageId").asString()).isEqualTo(delivery.get("messageId").asString());
      assertThat(SERVER.webhook(made).has("failingSince")).isFalse();
    }
  }

  @Test
  void whoeverIsGoneIsDisabledAtOnceWithAnEvent() {
    try (var receiver = Receiver.saying(410);
        var watcher = Receiver.saying(200)) {
      var made = SERVER.subscribe(receiver, type);
      SERVER.subscribe(watcher, "webhook.disabled");
      SERVER.announce(type, "thing.made", Map.of());
      assertThat(SERVER.ended(made).get("status").asString()).isEqualTo("failed");
      var webhook = SERVER.webhook(made);
      assertThat(webhook.get("enabled").asBoolean()).isFalse();
      assertThat(webhook.get("disabledReason").asString()).contains("410");
      assertThat(receiver.got()).hasSize(1);
      assertDisabledIsTold(watcher, made);
    }
  }

  private static void assertDisabledIsTold(Receiver watcher, JsonNode made) {
    var id = made.at("/webhook/id").asString();
    Await.until(
        "the others are told",
        Duration.ofSeconds(20),
        () ->
            watcher.got().stream()
                .anyMatch(g -> g.json().at("/data/subjectId").asString().equals(id)));
    var listed = SERVER.http().get("/api/v1/events?type=webhook&severity=error").json(200);
    assertThat(listed.get("items").valueStream())
        .anyMatch(e ->
            e.get("subjectId").asString().equals(id)
                && e.get("code").asString().equals("webhook.disabled"));
  }

  @Test
  void lastingFailureDisablesAndPutEnablesAgain() {
    try (var receiver = Receiver.saying(400);
        var watcher = Receiver.saying(200)) {
      var made = SERVER.subscribe(receiver, type);
      SERVER.subscribe(watcher, "webhook");
      SERVER.announce(type, "one", Map.of());
      SERVER.announce(type, "two", Map.of());
      Await.until(
          "it is disabled",
          Duration.ofSeconds(20),
          () -> !SERVER.webhook(made).get("enabled").asBoolean());
      assertThat(SERVER.webhook(made).get("disabledReason").asString())
          .isEqualTo("2 deliveries in a row ran out of attempts");
      assertDisabledIsTold(watcher, made);

      int before = receiver.got().size();
      SERVER.announce(type, "unheard", Map.of());
      receiver.says(200);
      var put =
          "{\"name\":\"n\",\"url\":\""
              + receiver.url()
              + "\",\"types\":[\""
              + type
              + "\"],\"enabled\":true}";
      var enabled =
          SERVER
              .http()
              .send(
                  "PUT",
                  WebhooksServer.path(made),
                  java.net.http.HttpRequest.BodyPublishers.ofString(put),
                  Map.of("Content-Type", "application/json"))
              .json(200);
      assertThat(enabled.get("enabled").asBoolean()).isTrue();
      assertThat(enabled.has("disabledReason")).isFalse();
      SERVER.announce(type, "heard", Map.of());
      receiver.await(before + 1);
      assertThat(receiver.got().getLast().json().at("/data/code").asString()).isEqualTo("heard");
      assertThat(receiver.got()).noneMatch(g -> g.body().contains("unheard"));
    }
  }

  @Test
  void aBusyReceiverGetsThePauseThatItAsksFor() {
    try (var receiver =
        new Receiver(
            n -> n == 1 ? Receiver.Says.of(429).with("Retry-After", "1") : Receiver.Says.of(200))) {
      var made = SERVER.subscribe(receiver, type);
      SERVER.announce(type, "first", Map.of());
      receiver.await(1);
      Await.until(
          "the pause is known",
          Duration.ofSeconds(10),
          () -> SERVER.webhook(made).has("throttledUntil") || receiver.got().size() > 1);
      SERVER.announce(type, "second", Map.of());
      var got = receiver.await(3);
      for (var later : got.subList(1, 3)) {
        assertThat(Duration.between(got.getFirst().at(), later.at()))
            .isGreaterThanOrEqualTo(Duration.ofMillis(900));
      }
      Await.until(
          "both are delivered",
          Duration.ofSeconds(10),
          () -> SERVER.deliveries(made, "?status=delivered").size() == 2);
      // The second delivery has waited without spending an attempt.
      assertThat(
              SERVER.deliveries(made, "").stream()
                  .map(d -> d.get("attempts").size())
                  .sorted()
                  .toList())
          .containsExactly(1, 2);
      assertThat(SERVER.webhook(made).has("throttledUntil")).isFalse();
    }
  }

  @Test
  void nobodyListeningIsInTheHistoryWithItsReason() {
    var receiver = Receiver.saying(200);
    var url = receiver.url();
    receiver.close();
    var made = SERVER.create(Map.of("name", "n", "url", url, "types", List.of(type)));
    SERVER.announce(type, "thing.made", Map.of());
    var attempt = SERVER.ended(made).get("attempts").get(0);
    assertThat(attempt.has("status")).isFalse();
    assertThat(attempt.get("errorCode").asString()).isEqualTo("CONNECT_FAILED");
    assertThat(attempt.get("error").asString()).isNotBlank();
  }

  @Test
  void privateNetworksAreRefused() {
    var made =
        SERVER.create(
            Map.of("name", "n", "url", "http://169.254.169.254/", "types", List.of(type)));
    var tested = SERVER.http().post(WebhooksServer.path(made) + "/test", "").json(200);
    assertThat(tested.at("/attempts/0/errorCode").asString()).isEqualTo("EGRESS_REFUSED");
    assertThat(tested.get("status").asString()).isEqualTo("failed");
  }

  @Test
  void rotationSignsWithBothSecrets() {
    try (var receiver = Receiver.saying(200)) {
      var made = SERVER.subscribe(receiver, type);
      var rotated =
          SERVER
              .http()
              .post(WebhooksServer.path(made) + "/rotate-secret", "{\"keepOld\":\"PT1H\"}")
              .json(200);
      assertThat(secret(rotated)).isNotEqualTo(secret(made));
      assertThat(rotated.at("/webhook/secrets").size()).isEqualTo(2);
      SERVER.announce(type, "thing.made", Map.of());
      var got = receiver.await(1).getFirst();
      assertThat(got.header("webhook-signature").split(" ")).hasSize(2);
      assertThat(got.fits(secret(made))).isTrue();
      assertThat(got.fits(secret(rotated))).isTrue();

      var again =
          SERVER
              .http()
              .post(WebhooksServer.path(made) + "/rotate-secret", "{\"keepOld\":\"PT0S\"}")
              .json(200);
      SERVER.announce(type, "thing.made", Map.of());
      var after = receiver.await(2).getLast();
      assertThat(after.fits(secret(again))).isTrue();
      assertThat(after.fits(secret(rotated))).isFalse();
      assertThat(after.fits(secret(made))).as("the first one's hour is not over").isTrue();
    }
  }

  @Test
  void whatIsSentAgainHasTheSameId() {
    try (var receiver = Receiver.saying(200)) {
      var made = SERVER.subscribe(receiver, type);
      SERVER.announce(type, "thing.made", Map.of("n", 1));
      var first = SERVER.ended(made);
      var again =
          SERVER
              .http()
              .post("/api/v1/webhook-events/" + first.get("id").asString() + "/redeliver", "")
              .json(202);
      assertThat(again.get("origin").asString()).isEqualTo("redelivery");
      assertThat(again.get("redeliveryOf").asString()).isEqualTo(first.get("id").asString());
      var got = receiver.await(2);
      assertThat(got.get(1).id()).isEqualTo(got.get(0).id());
      assertThat(got.get(1).body()).isEqualTo(got.get(0).body());
      assertThat(got.get(1).fits(secret(made))).isTrue();
    }
  }

  @Test
  void aTestSaysWhatCameBack() {
    try (var receiver = new Receiver(_ -> new Receiver.Says(418, Map.of(), "x".repeat(5000)))) {
      var made =
          SERVER.create(
              Map.of("name", "n", "url", receiver.url(), "types", List.of(type), "enabled", false));
      var tested = SERVER.http().post(WebhooksServer.path(made) + "/test", "").json(200);
      assertThat(tested.get("type").asString()).isEqualTo("webhook.test");
      assertThat(tested.get("status").asString()).isEqualTo("failed");
      assertThat(tested.at("/attempts/0/status").asInt()).isEqualTo(418);
      assertThat(tested.at("/attempts/0/responseBody").asString()).hasSize(4096);
      assertThat(receiver.got().getFirst().fits(secret(made))).isTrue();
      assertThat(receiver.got().getFirst().json().get("type").asString()).isEqualTo("webhook.test");
      assertThat(SERVER.webhook(made).has("failingSince")).isFalse();
      SERVER
          .http()
          .post("/api/v1/webhook-events/" + tested.get("id").asString() + "/redeliver", "")
          .problem(409, "WEBHOOK_DISABLED");
    }
  }

  @Test
  void whatWaitsWhenAWebhookIsDisabledIsDiscarded() {
    try (var receiver = new Receiver(_ -> Receiver.Says.of(429).with("Retry-After", "1"))) {
      var made = SERVER.subscribe(receiver, type);
      SERVER.announce(type, "thing.made", Map.of());
      receiver.await(1);
      var body =
          "{\"name\":\"n\",\"url\":\"" + receiver.url() + "\",\"types\":[\"x\"],\"enabled\":false}";
      SERVER
          .http()
          .send(
              "PUT",
              WebhooksServer.path(made),
              java.net.http.HttpRequest.BodyPublishers.ofString(body),
              Map.of("Content-Type", "application/json"))
          .json(200);
      assertThat(SERVER.ended(made).get("status").asString()).isEqualTo("discarded");
      assertThat(receiver.got()).hasSize(1);
    }
  }

  @Test
  void nothingButFailuresForDaysDisables() throws Exception {
    try (var receiver = Receiver.saying(500)) {
      var made = SERVER.subscribe(receiver, type);
      try (var connection = WebhooksServer.database().connectAsOwner();
          var update =
              connection.prepareStatement(
                  "update sluice.webhook set failing_since = now() - interval '6 days'"
                      + " where webhook_id = ?::uuid")) {
        update.setString(1, made.at("/webhook/id").asString());
        update.executeUpdate();
      }
      SERVER.announce(type, "thing.made", Map.of());
      Await.until(
          "it is disabled",
          Duration.ofSeconds(20),
          () -> !SERVER.webhook(made).get("enabled").asBoolean());
      assertThat(SERVER.webhook(made).get("disabledReason").asString())
          .isEqualTo("nothing but failures came for 5 days");
      assertThat(SERVER.ended(made).get("status").asString()).isEqualTo("discarded");
    }
  }

  @Test
  void anOpenCircuitParksAndSpendsNoAttempt() {
    try (var receiver = Receiver.saying(500)) {
      var made = SERVER.subscribe(receiver, type);
      var circuit = "/api/v1/circuit-breakers/webhook:" + made.at("/webhook/id").asString();
      SERVER
          .http()
          .send(
              "PUT",
              circuit + "/config",
              java.net.http.HttpRequest.BodyPublishers.ofString(
                  "{\"minimumCalls\":1,\"waitDurationInOpen\":\"PT5M\"}"),
              Map.of("Content-Type", "application/json"))
          .json(200);
      SERVER.announce(type, "one", Map.of());
      Await.until(
          "the circuit is open",
          Duration.ofSeconds(20),
          () -> SERVER.http().get(circuit).json(200).get("state").asString().equals("OPEN"));
      SERVER.announce(type, "two", Map.of());
      var parked =
          Await.value(
              "the second delivery waits",
              Duration.ofSeconds(20),
              () ->
                  SERVER.deliveries(made, "?status=pending").stream()
                      .filter(d ->
                          d.get("type").asString().equals(type + ".two") && d.has("nextAttemptAt"))
                      .findFirst());
      assertThat(parked.get("attempts")).isEmpty();
      var job = SERVER.http().get("/api/v1/jobs/" + parked.get("jobId").asString()).json(200);
      assertThat(job.get("state").asString()).isEqualTo("waiting");
      assertThat(job.get("attempt").asInt()).isZero();
      assertThat(job.get("why").toString()).contains("circuit");
    }
  }

  @Test
  void theDefaultScheduleIsThatOfStandardWebhooks() {
    var settings = SharedServer.context().getBean(WebhookSettings.class);
    assertThat(settings.schedule().stream().map(Duration::toString))
        .containsExactly(
            "PT0S", "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");
    var server = new WebhooksServer(SharedServer.context());
    try (var receiver = Receiver.saying(500)) {
      var made = server.subscribe(receiver, type);
      server.announce(type, "one", Map.of());
      var waiting =
          Await.value(
              "it waits for its second attempt",
              Duration.ofSeconds(20),
              () ->
                  server.deliveries(made, "").stream()
                      .filter(d -> d.has("nextAttemptAt"))
                      .findFirst());
      var sent = Instant.parse(waiting.at("/attempts/0/sentAt").asString());
      var next = Instant.parse(waiting.get("nextAttemptAt").asString());
      assertThat(Duration.between(sent, next))
          .isBetween(Duration.ofSeconds(5), Duration.ofMillis(6500));
      server.http().delete(WebhooksServer.path(made));
    }
  }
}
