package io.sluice.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.sluice.testing.Calls;
import io.sluice.testing.Reply;
import io.sluice.testing.SharedServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HooksHttpTest {
  private static final WebhooksServer SERVER = WebhooksServer.shared();
  private static final Calls HTTP = SERVER.http();
  private static final HookTargetsForTests TARGETS =
      SERVER.context().getBean(HookTargetsForTests.class);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final String token = UUID.randomUUID().toString();

  private Reply call(String body, Map<String, String> headers) {
    return call("", body, headers);
  }

  private Reply call(String query, String body, Map<String, String> headers) {
    return HTTP.send(
        "POST", "/api/v1/hooks/" + token + query, BodyPublishers.ofString(body), headers);
  }

  private static Map<String, String> signed(String id, Instant at, String body) throws Exception {
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(at.getEpochSecond()),
        "webhook-signature",
        new Webhook(SECRET).sign(id, at.getEpochSecond(), body));
  }

  private static List<JsonNode> history(UUID trigger) {
    return HTTP.get("/api/v1/received-hooks?triggerId=" + trigger)
        .json(200)
        .get("items")
        .valueStream()
        .toList();
  }

  private static long started(String body) {
    return TARGETS.started().stream().filter(c -> c.call().text().equals(body)).count();
  }

  @Test
  void aGoodCallStartsSomethingOnceHoweverOftenItComes() throws Exception {
    var trigger = TARGETS.put(token, Endpoint.standardWebhooks(SECRET));
    var body = "{ \"order\" : 7, \"token\":\"" + token + "\" }";
    var headers = signed("msg_7", Instant.now(), body);
    var first = call(body, headers).json(202);
    assertThat(first.get("status").asString()).isEqualTo("accepted");
    var replay = call(body, headers).json(200);
    assertThat(replay.get("status").asString()).isEqualTo("replayed");
    assertThat(started(body)).isEqualTo(1);

    var history = history(trigger);
    assertThat(history).hasSize(2);
    assertThat(history.get(0).get("verdict").asString()).isEqualTo("replayed");
    assertThat(history.get(1).get("verdict").asString()).isEqualTo("accepted");
    assertThat(history.get(1).get("startedId").asString())
        .isEqualTo(first.get("startedId").asString());
    assertThat(history.get(1).get("body").asString()).isEqualTo(body);
    assertThat(
            HTTP.get("/api/v1/received-hooks/" + first.get("id").asString())
                .json(200)
                .get("triggerId")
                .asString())
        .isEqualTo(trigger.toString());
  }

  @Test
  void callsThatComeAtTheSameTimeStartOnce() throws Exception {
    var trigger = TARGETS.put(token, Endpoint.standardWebhooks(SECRET));
    var body = "{\"raced\":\"" + token + "\"}";
    var headers = signed("msg_race", Instant.now(), body);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> one = () -> call(body, headers).status();
      var statuses = new ArrayList<Integer>();
      for (var answer : threads.invokeAll(Collections.nCopies(8, one))) {
        statuses.add(answer.get());
      }
      assertThat(statuses).containsOnly(200, 202).containsOnlyOnce(202);
    }
    assertThat(started(body)).isEqualTo(1);
    assertThat(history(trigger)).hasSize(8);
  }

  @Test
  void theOwnerLearnsWhyACallWasRefusedAndTheCallerDoesNot() throws Exception {
    var trigger = TARGETS.put(token, Endpoint.standardWebhooks(SECRET));
    var body = "{\"a\":1}";
    var old = signed("msg_1", Instant.now().minusSeconds(412), body);
    for (var refused :
        List.of(
            call("{\"a\": 1}", signed("msg_1", Instant.now(), body)),
            call(body, old),
            call(body, Map.of()))) {
      refused.problem(401, "HOOK_REFUSED");
      assertThat(refused.body()).doesNotContain("header", "timestamp", "signature");
    }
    var reasons = history(trigger).stream().map(h -> h.get("reason").asString()).toList();
    assertThat(reasons.get(0)).isEqualTo("header webhook-id is missing");
    assertThat(reasons.get(1)).matches("timestamp is 41[2-9] s old; at most 300 s");
    assertThat(reasons.get(2)).startsWith("the body does not match the signature");
    assertThat(started(body)).isZero();
    var listed =
        HTTP.get("/api/v1/received-hooks?limit=2&verdict=refused&triggerId=" + trigger).json(200);
    assertThat(listed.get("items").size()).isEqualTo(2);
    assertThat(
            HTTP.get(
                    "/api/v1/received-hooks?verdict=refused&triggerId="
                        + trigger
                        + "&cursor="
                        + listed.get("nextCursor").asString())
                .json(200)
                .get("items")
                .size())
        .isEqualTo(1);
  }

  @Test
  void aCallWhoseStartFailsWasNotReceivedAndMayComeAgain() throws Exception {
    var trigger = TARGETS.put(token, Endpoint.standardWebhooks(SECRET));
    var body = "{\"b\":\"" + token + "\"}";
    var headers = signed("msg_1", Instant.now(), body);
    TARGETS.fail(true);
    try {
      call(body, headers).problem(500, "INTERNAL");
    } finally {
      TARGETS.fail(false);
    }
    assertThat(history(trigger)).isEmpty();
    call(body, headers).json(202);
    assertThat(started(body)).isEqualTo(1);
  }

  @Test
  void formsAndQueriesAreReadAsTheyCome() {
    var trigger = TARGETS.put(token, Endpoint.key(new KeyPlace(KeyPlace.In.QUERY, "key"), "k 1"));
    var form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    var body = "a=1&b=" + token;
    call("?x&key=k%201", body, form).json(202);
    call("?key=k2", body, form).problem(401, "HOOK_REFUSED");
    assertThat(started(body)).isEqualTo(1);
    assertThat(history(trigger).getFirst().get("reason").asString())
        .isEqualTo("the key in parameter key is not valid");
  }

  @Test
  void credentialsAreNotInTheHistory() {
    var trigger =
        TARGETS.put(
            token, Endpoint.key(new KeyPlace(KeyPlace.In.HEADER, "X-Caller"), "k-secret-1"));
    call("{}", Map.of("X-Caller", "k-secret-1", "Authorization", "Bearer b-1", "X-Other", "o"))
        .json(202);
    var entry = history(trigger).getFirst();
    assertThat(entry.toString()).doesNotContain("k-secret-1", "b-1");
    assertThat(entry.at("/headers/x-other/0").asString()).isEqualTo("o");
    // Nothing tells two calls under a key apart: both start something.
    call("{}", Map.of("X-Caller", "k-secret-1")).json(202);
  }

  @Test
  void bodiesHaveALimitAndTheHistoryKeepsTheirBeginning() {
    var trigger = TARGETS.put(token, Endpoint.open());
    call("x".repeat((1 << 20) + 1), Map.of()).problem(413, "HOOK_TOO_LARGE");
    HTTP.send(
            "POST",
            "/api/v1/hooks/" + token,
            BodyPublishers.ofInputStream(
                () -> new java.io.ByteArrayInputStream(new byte[(1 << 20) + 1])),
            Map.of())
        .problem(413, "HOOK_TOO_LARGE");
    call("y".repeat(100_000), Map.of()).json(202);
    var entry = history(trigger).getFirst();
    assertThat(entry.get("bodyBytes").asInt()).isEqualTo(100_000);
    assertThat(entry.get("body").asString()).hasSize(64 * 1024);
  }

  @Test
  void greetingsAreAnsweredAndStartNothing() {
    TARGETS.put(token, Endpoint.open());
    var body = "{\"type\":\"url_verification\",\"challenge\":\"c-" + token + "\"}";
    assertThat(call(body, Map.of()).json(200).get("challenge").asString()).isEqualTo("c-" + token);
    var ping = call("{\"zen\":\"" + token + "\"}", Map.of("X-GitHub-Event", "ping")).json(202);
    assertThat(ping.has("startedId")).isFalse();
    assertThat(TARGETS.started()).noneMatch(c -> c.call().text().contains(token));
  }

  @Test
  void anUnknownTokenIsNotFound() {
    call("{}", Map.of()).problem(404, "UNKNOWN_HOOK");
    SharedServer.calls().post("/api/v1/hooks/none", "{}").problem(404, "UNKNOWN_HOOK");
    HTTP.get("/api/v1/received-hooks/" + UUID.randomUUID()).problem(404, "UNKNOWN_RECEIVED_HOOK");
    HTTP.get("/api/v1/received-hooks?verdict=maybe").problem(400, "BAD_STATE");
  }
}
