package io.sluice.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Calls;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhooksHttpTest {
  private static final WebhooksServer SERVER = WebhooksServer.shared();
  private static final Calls HTTP = SERVER.http();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String URL = "https://receiver.example/in";

  private static io.sluice.testing.Reply put(JsonNode made, Map<String, ?> asked, String ifMatch) {
    var headers = new java.util.HashMap<>(Map.of("Content-Type", "application/json"));
    if (ifMatch != null) {
      headers.put("If-Match", ifMatch);
    }
    return HTTP.send(
        "PUT",
        WebhooksServer.path(made),
        BodyPublishers.ofString(JSON.writeValueAsString(asked)),
        headers);
  }

  @Test
  void isMadeReadChangedAndRemoved() {
    var made =
        SERVER.create(
            Map.of(
                "name",
                "orders",
                "url",
                URL,
                "description",
                "to the shop",
                "types",
                List.of("never.*"),
                "filter",
                "severity = 'error'",
                "headers",
                Map.of("X-Api-Key", "static-7", "X-Team", "red")));
    var read = HTTP.get(WebhooksServer.path(made));
    assertThat(read.json(200)).isEqualTo(made.get("webhook"));
    var webhook = read.json();
    assertThat(webhook.at("/headers/X-Api-Key").asString()).isEqualTo("***");
    assertThat(webhook.at("/headers/X-Team").asString()).isEqualTo("red");
    assertThat(read.body()).doesNotContain("static-7", made.get("secret").asString());
    var etag = read.raw().headers().firstValue("ETag").orElseThrow();
    assertThat(etag).isEqualTo("\"1\"");

    var asked =
        Map.of(
            "name", "renamed", "url", URL, "headers", Map.of("X-Api-Key", "***"), "enabled", false);
    var changed = put(made, asked, etag);
    assertThat(changed.json(200).get("name").asString()).isEqualTo("renamed");
    assertThat(changed.json().get("disabledReason").asString()).isEqualTo("by its owner");
    assertThat(changed.json().get("types").get(0).asString()).isEqualTo("*");
    assertThat(changed.raw().headers().firstValue("ETag")).contains("\"2\"");
    put(made, asked, etag).problem(412, "WEBHOOK_CHANGED");
    put(made, asked, "yesterday").problem(400, "BAD_IF_MATCH");
    put(made, asked, "*").json(200);
    put(made, asked, null).json(200);

    assertThat(HTTP.delete(WebhooksServer.path(made)).status()).isEqualTo(204);
    HTTP.get(WebhooksServer.path(made)).problem(404, "UNKNOWN_WEBHOOK");
    HTTP.get("/api/v1/circuit-breakers/webhook:" + made.at("/webhook/id").asString())
        .problem(404, "UNKNOWN_CIRCUIT_BREAKER");
    HTTP.delete(WebhooksServer.path(made)).problem(404, "UNKNOWN_WEBHOOK");
    put(made, asked, null).problem(404, "UNKNOWN_WEBHOOK");
  }

  @Test
  void isListedPageByPageNewestFirst() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      var made = SERVER.create(Map.of("name", "n" + i, "url", URL, "types", List.of("never")));
      ids.addFirst(made.at("/webhook/id").asString());
    }
    var first = HTTP.get("/api/v1/webhooks?limit=2").json(200);
    var second =
        HTTP.get("/api/v1/webhooks?limit=1&cursor=" + first.get("nextCursor").asString()).json(200);
    var listed = new ArrayList<String>();
    first.get("items").forEach(w -> listed.add(w.get("id").asString()));
    second.get("items").forEach(w -> listed.add(w.get("id").asString()));
    assertThat(listed).isEqualTo(ids);
  }

  @Test
  void aKeyGivesTheSameSecretAgainAndKeepsItSealed() throws Exception {
    var key = Map.of("Idempotency-Key", "made-" + UUID.randomUUID());
    var body = "{\"name\":\"k\",\"url\":\"" + URL + "\",\"types\":[\"never\"]}";
    var first = HTTP.post("/api/v1/webhooks", body, key).json(201);
    assertThat(HTTP.post("/api/v1/webhooks", body, key).json(201)).isEqualTo(first);
    HTTP.post("/api/v1/webhooks", body.replace("\"k\"", "\"l\""), key)
        .problem(422, "IDEMPOTENCY_KEY_REUSED");
    var secret = first.get("secret").asString();
    var bare = secret.substring("whsec_".length());
    assertThat(Base64.getDecoder().decode(bare)).hasSize(32);
    for (var table : List.of("idempotency", "webhook", "webhook_secret")) {
      assertThat(
              HTTP.rows(
                  "select count(*) from sluice."
                      + table
                      + " t where t::text like '%"
                      + bare
                      + "%'"))
          .as(table)
          .containsExactly(List.of("0"));
    }
    assertThat(HTTP.get(WebhooksServer.path(first)).body()).doesNotContain(bare);
    var rotate = Map.of("Idempotency-Key", "rotated-" + UUID.randomUUID());
    var path = WebhooksServer.path(first) + "/rotate-secret";
    var rotated = HTTP.post(path, "{}", rotate).json(200);
    assertThat(HTTP.post(path, "{}", rotate).json(200)).isEqualTo(rotated);
    var log =
        Path.of(String.valueOf(SERVER.context().getEnvironment().getProperty("logging.file.name")));
    if (Files.exists(log)) {
      assertThat(Files.readString(log)).doesNotContain(bare);
    }
  }

  @Test
  void takesASecretThatIsGivenAndRefusesWhatIsNone() {
    var given = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    var made =
        SERVER.create(Map.of("name", "n", "url", URL, "types", List.of("never"), "secret", given));
    assertThat(made.get("secret").asString()).isEqualTo(given);
    var refused =
        HTTP.post(
            "/api/v1/webhooks",
            "{\"name\":\"n\",\"url\":\"" + URL + "\",\"secret\":\"whsec_c2hvcnQ=\"}");
    var problem = refused.problem(400, "BAD_WEBHOOK");
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/secret");
    assertThat(problem.at("/errors/0/detail").asString())
        .isEqualTo("has 5 bytes; give the base64 of 24 to 64");
    assertThat(refused.body()).doesNotContain("c2hvcnQ");
  }

  @Test
  void saysAllThatIsWrongWithAPointerEach() {
    var problem =
        HTTP.post(
                "/api/v1/webhooks",
                "{\"url\":\"ftp://x\",\"types\":[],\"filter\":\"a.\",\"headers\":{\"host\":\"x\"}}")
            .problem(400, "BAD_WEBHOOK");
    assertThat(problem.get("errors").valueStream().map(e -> e.get("pointer").asString()))
        .containsExactlyInAnyOrder("/name", "/url", "/types", "/filter", "/headers/host");
    HTTP.post("/api/v1/webhooks", "{\"name\":\"n\",\"url\":\"" + URL + "\",\"types\":[null]}")
        .problem(400, "BAD_WEBHOOK");
    var unknown = HTTP.post("/api/v1/webhooks", "{\"nmae\":\"x\"}").problem(400, "BAD_BODY");
    assertThat(unknown.at("/errors/0/pointer").asString()).isEqualTo("/nmae");
  }

  @Test
  void whatIsUnknownIsNotFoundAndBadParametersAreNamed() {
    var nobody = new UUID(1, 1);
    HTTP.get("/api/v1/webhooks/" + nobody).problem(404, "UNKNOWN_WEBHOOK");
    HTTP.get("/api/v1/webhooks/" + nobody + "/events").problem(404, "UNKNOWN_WEBHOOK");
    HTTP.post("/api/v1/webhooks/" + nobody + "/test", "").problem(404, "UNKNOWN_WEBHOOK");
    HTTP.post("/api/v1/webhooks/" + nobody + "/rotate-secret", "").problem(404, "UNKNOWN_WEBHOOK");
    HTTP.get("/api/v1/webhook-events/" + nobody).problem(404, "UNKNOWN_WEBHOOK_EVENT");
    HTTP.post("/api/v1/webhook-events/" + nobody + "/redeliver", "")
        .problem(404, "UNKNOWN_WEBHOOK_EVENT");
    var made = SERVER.create(Map.of("name", "n", "url", URL, "types", List.of("never")));
    HTTP.get(WebhooksServer.path(made) + "/events?status=lost").problem(400, "BAD_STATE");
    HTTP.post(WebhooksServer.path(made) + "/rotate-secret", "{\"keepOld\":\"P31D\"}")
        .problem(400, "BAD_PARAMETER");
    HTTP.get("/api/v1/webhooks?limit=0").problem(400, "BAD_LIMIT");
  }

  @Test
  void deliveriesAreFilteredAndPaged() {
    try (var receiver = Receiver.saying(200)) {
      var type = "p" + UUID.randomUUID().toString().substring(0, 8);
      var made = SERVER.subscribe(receiver, type);
      for (int i = 0; i < 3; i++) {
        SERVER.announce(type, type + ".n" + i, Map.of());
      }
      receiver.await(3);
      io.sluice.testing.Await.until(
          "all are delivered",
          java.time.Duration.ofSeconds(20),
          () -> SERVER.deliveries(made, "?status=delivered").size() == 3);
      assertThat(SERVER.deliveries(made, "?status=failed")).isEmpty();
      assertThat(SERVER.deliveries(made, "?type=" + type + ".n1")).hasSize(1);
      assertThat(SERVER.deliveries(made, "?type=" + type + ".*")).hasSize(3);
      var events = WebhooksServer.path(made) + "/events?limit=2&fields=id";
      var first = HTTP.get(events).json(200);
      assertThat(first.get("items").get(0).propertyNames()).containsExactly("id");
      var rest = HTTP.get(events + "&cursor=" + first.get("nextCursor").asString()).json(200);
      assertThat(rest.get("items").size()).isEqualTo(1);
    }
  }
}
