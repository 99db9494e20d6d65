package io.sluice.workflow.triggers;

import static io.sluice.workflow.triggers.TriggerCalls.TRIGGERS;
import static io.sluice.workflow.triggers.TriggerCalls.draft;
import static io.sluice.workflow.triggers.TriggerCalls.id;
import static io.sluice.workflow.triggers.TriggerCalls.json;
import static io.sluice.workflow.triggers.TriggerCalls.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import io.sluice.testing.SharedServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WebhookTriggersTest {
  private static final TriggerCalls CALLS = new TriggerCalls(SharedServer.calls());
  private static final String ECHO = CALLS.echo();

  private static String hmac(byte[] key, String text, boolean hex) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      var sum = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return hex ? HexFormat.of().formatHex(sum) : Base64.getEncoder().encodeToString(sum);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As a sender that knows the secret.
  private static Map<String, String> signed(String secret, String message, String body) {
    var key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    var seconds = Long.toString(Instant.now().getEpochSecond());
    return Map.of(
        "webhook-id", message,
        "webhook-timestamp", seconds,
        "webhook-signature", "v1," + hmac(key, message + "." + seconds + "." + body, false));
  }

  private static JsonNode hook(Map<String, ?> rule) {
    return CALLS.create(draft("webhook", ECHO, rule));
  }

  private static Reply call(JsonNode made, String body, Map<String, String> headers) {
    return CALLS.http().post(made.get("address").asString(), body, headers);
  }

  private static String secret(JsonNode made) {
    return made.get("secrets").get(0).asString();
  }

  private static List<JsonNode> received(JsonNode made) {
    return CALLS
        .http()
        .get("/api/v1/received-hooks?triggerId=" + id(made))
        .json(200)
        .get("items")
        .valueStream()
        .toList();
  }

  @Test
  void aSignedCallStartsTheWorkflowWithItsBody() {
    var made = hook(Map.of("verification", "STANDARD_WEBHOOKS"));
    var answer = call(made, "{\"n\":1}", signed(secret(made), "msg_1", "{\"n\":1}")).json(202);
    var fired = CALLS.firings(made).getFirst();
    assertThat(fired.get("why").asString()).isEqualTo("webhook");
    assertThat(fired.get("executionId")).isEqualTo(answer.get("startedId"));
    assertThat(fired.get("sourceId")).isEqualTo(answer.get("id"));
    assertThat(CALLS.ended(fired).get("output").get("n").asInt()).isOne();
    assertThat(received(made).getFirst().get("verdict").asString()).isEqualTo("accepted");
  }

  @Test
  void aReplayIsAnsweredAndStartsNothing() {
    var made = hook(Map.of());
    var headers = signed(secret(made), "msg_again", "{}");
    call(made, "{}", headers).json(202);
    assertThat(call(made, "{}", headers).json(200).get("status").asString()).isEqualTo("replayed");
    assertThat(CALLS.firings(made)).hasSize(1);
    assertThat(received(made)).hasSize(2);
  }

  /// By what was signed: the id of a delivery is not, and whoever has seen a call can change it.
  @Test
  void replaysOfGitHubAndOfPlainSignaturesStartNothing() {
    var secret = "a-secret-of-github-itself";
    var gitHub = hook(Map.of("verification", "GITHUB", "secrets", List.of(secret)));
    var sum = "sha256=" + hmac(secret.getBytes(StandardCharsets.UTF_8), "{\"n\":1}", true);
    call(gitHub, "{\"n\":1}", Map.of("X-Hub-Signature-256", sum, "X-GitHub-Delivery", "d-1"))
        .json(202);
    for (var delivery : List.of("d-1", "d-2")) {
      var again = Map.of("X-Hub-Signature-256", sum, "X-GitHub-Delivery", delivery);
      assertThat(call(gitHub, "{\"n\":1}", again).json(200).get("status").asString())
          .isEqualTo("replayed");
    }
    assertThat(CALLS.firings(gitHub)).hasSize(1);
    var rule =
        Map.of(
            "header",
            "X-Sum",
            "algorithm",
            "SHA256",
            "encoding",
            "HEX",
            "prefix",
            "",
            "signed",
            "{timestamp}.{body}",
            "timestampHeader",
            "X-Time");
    var plain = hook(Map.of("verification", "HMAC", "secrets", List.of(secret), "hmac", rule));
    var now = Instant.now().getEpochSecond();
    call(plain, "{}", timed(secret, now)).json(202);
    assertThat(call(plain, "{}", timed(secret, now)).json(200).get("status").asString())
        .isEqualTo("replayed");
    // The same body at another time is another call.
    call(plain, "{}", timed(secret, now - 1)).json(202);
    call(plain, "{}", timed(secret, now - 3600)).problem(401, "HOOK_REFUSED");
    assertThat(CALLS.firings(plain)).hasSize(2);
  }

  private static Map<String, String> timed(String secret, long seconds) {
    var key = secret.getBytes(StandardCharsets.UTF_8);
    return Map.of("X-Time", Long.toString(seconds), "X-Sum", hmac(key, seconds + ".{}", true));
  }

  @Test
  void aRefusedCallIsToldNothingAndItsOwnerTheReason() {
    var made = hook(Map.of());
    var headers = signed(secret(made), "msg_2", "{}");
    var refused = call(made, "{\"tampered\":true}", headers).problem(401, "HOOK_REFUSED");
    var reason = received(made).getFirst().get("reason").asString();
    assertThat(reason).isNotBlank();
    assertThat(refused.toString()).doesNotContain(reason);
    assertThat(CALLS.firings(made)).isEmpty();
  }

  @Test
  void theTemplateSeesHeadersQueryAndBody() {
    var draft =
        draft(
            "webhook",
            ECHO,
            Map.of("verification", "KEY", "key", Map.of("in", "HEADER", "name", "X-Key")));
    draft.put(
        "input",
        Map.of(
            "topic", "${request.headers.`x-topic`}",
            "page", "${request.query.page}",
            "all", "${request}",
            "name", "${request.body.name}"));
    var made = CALLS.create(draft);
    var secret = secret(made);
    CALLS
        .http()
        .post(
            made.get("address").asString() + "?page=3",
            "{\"name\":\"Ada\"}",
            Map.of("X-Key", secret, "X-Topic", "people"))
        .json(202);
    var input = CALLS.execution(CALLS.firings(made).getFirst()).get("input");
    assertThat(input.get("topic").asString()).isEqualTo("people");
    assertThat(input.get("page").asString()).isEqualTo("3");
    assertThat(input.get("name").asString()).isEqualTo("Ada");
    assertThat(input.toString()).doesNotContain(secret);
  }

  @Test
  void theOldSecretStaysValidForAWhile() {
    var made =
        hook(Map.of("verification", "GITHUB", "secrets", List.of("a-secret-of-github-itself")));
    assertThat(made.has("secrets")).isFalse();
    gitHub(made, "a-secret-of-github-itself", "[1]").json(202);
    var rotated = CALLS.http().post(path(made) + "/rotate-secret", "{}").json(200);
    gitHub(made, secret(rotated), "[2]").json(202);
    gitHub(made, "a-secret-of-github-itself", "[3]").json(202);
    CALLS.http().post(path(made) + "/rotate-secret", "{\"keepOld\":\"PT0S\"}").json(200);
    gitHub(made, "a-secret-of-github-itself", "[4]").problem(401, "HOOK_REFUSED");
    gitHub(made, secret(rotated), "[5]").problem(401, "HOOK_REFUSED");
  }

  private static Reply gitHub(JsonNode made, String secret, String body) {
    var sum = hmac(secret.getBytes(StandardCharsets.UTF_8), body, true);
    return call(made, body, Map.of("X-Hub-Signature-256", "sha256=" + sum));
  }

  @Test
  void anAddressCanBeGivenUpForAnother() {
    var made = hook(Map.of("verification", "NONE"));
    call(made, "{\"a\":1}", Map.of()).json(202);
    var rotated = CALLS.http().post(path(made) + "/rotate-secret", "{\"address\":true}").json(200);
    assertThat(rotated.has("secrets")).isFalse();
    call(made, "{\"a\":2}", Map.of()).problem(404, "UNKNOWN_HOOK");
    call(rotated, "{\"a\":3}", Map.of()).json(202);
  }

  @Test
  void addressAndSecretsAreShownOnce() {
    var made = hook(Map.of());
    var read = CALLS.http().get(path(made)).json(200);
    assertThat(read.has("address")).isFalse();
    assertThat(read.toString()).doesNotContain(secret(made));
    assertThat(CALLS.http().get(TRIGGERS + "?type=webhook&limit=200").body())
        .doesNotContain(secret(made), made.get("address").asString());
    assertThat(
            CALLS
                .http()
                .rows("select t::text from sluice.workflow_trigger t where type = 'webhook'")
                .toString())
        .doesNotContain(
            secret(made), made.get("address").asString().substring("/api/v1/hooks/".length()));
  }

  @Test
  void aDisabledHookIsNotThere() {
    var made = hook(Map.of("verification", "NONE"));
    CALLS.http().post(path(made) + "/disable", "").json(200);
    call(made, "{}", Map.of()).problem(404, "UNKNOWN_HOOK");
    assertThat(CALLS.firings(made)).isEmpty();
  }

  @Test
  void aCallThatStartsNothingIsAcceptedAndRecorded() {
    var gone = CALLS.echo();
    var made = CALLS.create(draft("webhook", gone, Map.of("verification", "NONE")));
    CALLS.remove(gone);
    var answer = call(made, "{}", Map.of()).json(202);
    assertThat(answer.has("startedId")).isFalse();
    var failed = CALLS.firings(made).getFirst();
    assertThat(failed.get("outcome").asString()).isEqualTo("failed");
    assertThat(failed.get("sourceId")).isEqualTo(answer.get("id"));
    assertThat(received(made)).hasSize(1);
  }

  @Test
  void anEndpointThatCanNotWorkIsRefused() {
    var key = draft("webhook", ECHO, Map.of("verification", "KEY"));
    var problem = CALLS.http().post(TRIGGERS, json(key)).problem(400, "BAD_TRIGGER");
    assertThat(problem.get("errors").get(0).get("pointer").asString()).startsWith("/webhook/");
    var weak = draft("webhook", ECHO, Map.of("secrets", List.of("whsec_c2hvcnQ=")));
    assertThat(CALLS.http().post(TRIGGERS, json(weak)).problem(400, "BAD_TRIGGER").toString())
        .doesNotContain("c2hvcnQ");
  }
}
