package io.sluice.webhooks.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.HmacRule;
import io.sluice.webhooks.HmacRule.Algorithm;
import io.sluice.webhooks.HmacRule.Encoding;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.KeyPlace;
import io.sluice.webhooks.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String BODY = "{\"a\":1,\"b\":\"ü\"}";
  private static final String CHANGED =
      "the body does not match the signature: it was changed or re-serialised on its way, or"
          + " signed with another secret";

  private static IncomingCall call(String body, String... headers) {
    var all = new LinkedHashMap<String, List<String>>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    return new IncomingCall(all, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static String refused(Endpoint endpoint, IncomingCall call) {
    return switch (Verifier.verify(endpoint, call, NOW)) {
      case Verdict.Refused(String reason) -> reason;
      case Verdict.Accepted accepted -> throw new AssertionError("accepted: " + accepted);
    };
  }

  private static String accepted(Endpoint endpoint, IncomingCall call) {
    return switch (Verifier.verify(endpoint, call, NOW)) {
      case Verdict.Accepted(String key) -> String.valueOf(key);
      case Verdict.Refused(String reason) -> throw new AssertionError("refused: " + reason);
    };
  }

  private static String hmac(Algorithm algorithm, String key, String text) {
    return HexFormat.of()
        .formatHex(
            SigningSecret.hmac(
                algorithm.mac(),
                key.getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_8)));
  }

  @Nested
  class StandardWebhooks {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private final Endpoint endpoint = Endpoint.standardWebhooks(SECRET);

    private IncomingCall signed(String secret, Instant at, String body) throws Exception {
      var signature = new Webhook(secret).sign("msg_1", at.getEpochSecond(), BODY);
      return call(
          body,
          "webhook-id",
          "msg_1",
          "webhook-timestamp",
          Long.toString(at.getEpochSecond()),
          "webhook-signature",
          signature);
    }

    @Test
    void acceptsWhatTheOfficialLibrarySigned() throws Exception {
      assertThat(accepted(endpoint, signed(SECRET, NOW, BODY))).isEqualTo("id:msg_1");
    }

    @Test
    void acceptsEachOfSeveralSecretsAndSignatures() throws Exception {
      var both = Endpoint.standardWebhooks(OTHER, SECRET);
      assertThat(accepted(both, signed(SECRET, NOW, BODY))).isEqualTo("id:msg_1");
      assertThat(accepted(both, signed(OTHER, NOW, BODY))).isEqualTo("id:msg_1");
      var call = signed(SECRET, NOW, BODY);
      var headers = new LinkedHashMap<>(call.headers());
      headers.put(
          "webhook-signature",
          List.of("v1a,AAAA v1,AAAA " + call.header("webhook-signature").orElseThrow()));
      assertThat(accepted(endpoint, new IncomingCall(headers, Map.of(), call.body())))
          .isEqualTo("id:msg_1");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
      for (var name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
        var call = signed(SECRET, NOW, BODY);
        var headers = new LinkedHashMap<>(call.headers());
        headers.remove(name);
        assertThat(refused(endpoint, new IncomingCall(headers, Map.of(), call.body())))
            .isEqualTo("header " + name + " is missing");
      }
    }

    @Test
    void saysHowOldItIs() throws Exception {
      assertThat(refused(endpoint, signed(SECRET, NOW.minusSeconds(412), BODY)))
          .isEqualTo("timestamp is 412 s old; at most 300 s");
      assertThat(refused(endpoint, signed(SECRET, NOW.plusSeconds(301), BODY)))
          .startsWith("timestamp is 301 s in the future; at most 300 s");
      assertThat(accepted(endpoint, signed(SECRET, NOW.minusSeconds(300), BODY))).isNotEmpty();
    }

    @Test
    void saysThatTheBodyDoesNotFit() throws Exception {
      assertThat(refused(endpoint, signed(SECRET, NOW, BODY.replace(":1", ": 1"))))
          .isEqualTo(CHANGED);
      assertThat(refused(endpoint, signed(OTHER, NOW, BODY))).isEqualTo(CHANGED);
    }

    @Test
    void knowsTheMistakeOfSigningWithTheTextOfTheSecret() {
      var text = "msg_1." + NOW.getEpochSecond() + "." + BODY;
      for (var key : List.of(SECRET, SECRET.substring(6))) {
        var wrong =
            Base64.getEncoder()
                .encodeToString(
                    HexFormat.of().parseHex(hmac(Algorithm.SHA256, key, text)));
        var call =
            call(
                BODY,
                "webhook-id",
                "msg_1",
                "webhook-timestamp",
                Long.toString(NOW.getEpochSecond()),
                "webhook-signature",
                "v1," + wrong);
        assertThat(refused(endpoint, call)).startsWith("it was signed with the text of the secret");
      }
    }

    @Test
    void saysWhatIsWrongWithTheHeaders() {
      assertThat(refused(endpoint, with("v1a,AAAA", "17")))
          .isEqualTo(
              "header webhook-signature has no v1 signature, only others: have the sender sign by"
                  + " HMAC-SHA256");
      assertThat(refused(endpoint, with("v1,?", "17")))
          .isEqualTo("header webhook-signature is not base64 behind v1,");
      assertThat(refused(endpoint, with("v1,AAAA", "yesterday")))
          .isEqualTo("header webhook-timestamp is not a time: give seconds since 1970");
    }

    private IncomingCall with(String signature, String timestamp) {
      return call(
          BODY,
          "webhook-id",
          "msg_1",
          "webhook-timestamp",
          timestamp,
          "webhook-signature",
          signature);
    }

    @Test
    void aSecretOfTheWrongLengthIsTheOwnersFault() {
      assertThat(refused(Endpoint.standardWebhooks("whsec_AAAA"), call(BODY)))
          .isEqualTo(
              "the endpoint is not configured well: /secrets/0 has 3 bytes; give the base64 of 24"
                  + " to 64");
    }
  }

  @Nested
  class GitHub {
    private final Endpoint endpoint = Endpoint.gitHub("It's a Secret to Everybody", "the next one");

    @Test
    void acceptsThePublishedExample() {
      var key =
          accepted(
              endpoint,
              call(
                  "Hello, World!",
                  "X-Hub-Signature-256",
                  "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
      assertThat(key).startsWith("of:");
    }

    @Test
    void refusesTheOldHashAndWhatWasChanged() {
      assertThat(refused(endpoint, call(BODY, "X-Hub-Signature", "sha1=00")))
          .isEqualTo(
              "header X-Hub-Signature-256 is missing; X-Hub-Signature (SHA-1) alone is not"
                  + " accepted");
      assertThat(refused(endpoint, call(BODY)))
          .isEqualTo("header X-Hub-Signature-256 is missing");
      var signature = "sha256=" + hmac(Algorithm.SHA256, "the next one", BODY);
      assertThat(accepted(endpoint, call(BODY, "x-hub-signature-256", signature))).isNotEmpty();
      assertThat(refused(endpoint, call(BODY + " ", "X-Hub-Signature-256", signature)))
          .isEqualTo(CHANGED);
      assertThat(refused(endpoint, call(BODY, "X-Hub-Signature-256", signature.substring(7))))
          .isEqualTo("header X-Hub-Signature-256 does not begin with sha256=");
      assertThat(refused(endpoint, call(BODY, "X-Hub-Signature-256", "sha256=xyz")))
          .isEqualTo("the signature in header X-Hub-Signature-256 is not hexadecimal");
    }

    @Test
    void aReplayIsKnownByWhatWasSignedAndNotByAnIdThatWasNot() {
      var signature = "sha256=" + hmac(Algorithm.SHA256, "the next one", BODY);
      var first =
          accepted(
              endpoint, call(BODY, "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "1"));
      var second =
          accepted(
              endpoint, call(BODY, "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "2"));
      assertThat(first).isEqualTo(second);
    }
  }

  @Nested
  class Hmac {
    private final HmacRule slack =
        HmacRule.ofBody("X-Slack-Signature", Algorithm.SHA256, Encoding.HEX)
            .withPrefix("v0=")
            .signing("v0:{timestamp}:{body}", "X-Slack-Request-Timestamp", null);

    @Test
    void acceptsSlacksForm() {
      var endpoint = Endpoint.hmac(slack, "shh");
      var seconds = Long.toString(NOW.getEpochSecond());
      var signature = "v0=" + hmac(Algorithm.SHA256, "shh", "v0:" + seconds + ":" + BODY);
      var good =
          call(BODY, "X-Slack-Signature", signature, "X-Slack-Request-Timestamp", seconds);
      assertThat(accepted(endpoint, good)).startsWith("of:");
      var later = Long.toString(NOW.getEpochSecond() + 1);
      assertThat(
              refused(
                  endpoint,
                  call(BODY, "X-Slack-Signature", signature, "X-Slack-Request-Timestamp", later)))
          .isEqualTo(CHANGED);
      assertThat(refused(endpoint, call(BODY, "X-Slack-Signature", signature)))
          .isEqualTo("header X-Slack-Request-Timestamp is missing");
      var old = Long.toString(NOW.getEpochSecond() - 1000);
      assertThat(
              refused(
                  endpoint,
                  call(BODY, "X-Slack-Signature", signature, "X-Slack-Request-Timestamp", old)))
          .isEqualTo("timestamp is 1000 s old; at most 300 s");
    }

    @Test
    void acceptsEveryHashAndBothEncodings() {
      for (var algorithm : Algorithm.values()) {
        for (var encoding : Encoding.values()) {
          var hex = hmac(algorithm, "k", "id-7/" + BODY);
          var text =
              encoding == Encoding.HEX
                  ? hex
                  : Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
          var rule =
              HmacRule.ofBody("X-Sig", algorithm, encoding).signing("{id}/{body}", null, "X-Id");
          var endpoint = Endpoint.hmac(rule, "old", "k");
          assertThat(accepted(endpoint, call(BODY, "X-Sig", text, "X-Id", "id-7")))
              .isEqualTo("id:id-7");
          assertThat(refused(endpoint, call(BODY, "X-Sig", text, "X-Id", "id-8")))
              .isEqualTo(CHANGED);
          assertThat(refused(endpoint, call(BODY, "X-Sig", text)))
              .isEqualTo("header X-Id is missing");
          assertThat(refused(endpoint, call(BODY, "X-Id", "id-7")))
              .isEqualTo("header X-Sig is missing");
        }
      }
    }

    @Test
    void readsTimesInMillisecondsAndAsText() {
      var rule =
          HmacRule.ofBody("X-Sig", Algorithm.SHA256, Encoding.HEX)
              .signing("{timestamp}{body}", "X-At", null);
      var endpoint = Endpoint.hmac(rule, "k");
      for (var at : List.of(Long.toString(NOW.toEpochMilli()), NOW.toString())) {
        var signature = hmac(Algorithm.SHA256, "k", at + BODY);
        assertThat(accepted(endpoint, call(BODY, "X-Sig", signature, "X-At", at))).isNotEmpty();
      }
    }

    @Test
    void signsBytesThatAreNoText() {
      var body = new byte[] {(byte) 0xff, 0, (byte) 0xc3, 10};
      var rule = HmacRule.ofBody("X-Sig", Algorithm.SHA256, Encoding.HEX);
      var signature =
          HexFormat.of()
              .formatHex(SigningSecret.hmac("HmacSHA256", new byte[] {'k'}, body));
      var call = new IncomingCall(Map.of("X-Sig", List.of(signature)), Map.of(), body);
      assertThat(accepted(Endpoint.hmac(rule, "k"), call)).startsWith("of:");
    }

    @Test
    void saysWhatIsWrongWithARule() {
      var rule =
          HmacRule.ofBody("X-Sig", Algorithm.SHA1, Encoding.HEX).signing("{timestamp}", null, null);
      assertThat(Verifier.faults(Endpoint.hmac(rule)))
          .extracting(f -> f.pointer() + " " + f.detail())
          .containsExactly(
              "/secrets must have one at least",
              "/hmac/signed must have {body} in it",
              "/hmac/timestampHeader is missing: {timestamp} is signed");
    }
  }

  @Nested
  class Credentials {
    private static String basic(String pair) {
      return "Basic "
          + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void acceptsUserAndPassword() {
      var endpoint = Endpoint.basic("anna", "one", "t:wo");
      assertThat(accepted(endpoint, call(BODY, "Authorization", basic("anna:one"))))
          .isEqualTo("null");
      assertThat(
              accepted(
                  endpoint,
                  call(BODY, "authorization", basic("anna:t:wo"), "Idempotency-Key", "7")))
          .isEqualTo("id:7");
      assertThat(refused(endpoint, call(BODY))).isEqualTo("header Authorization is missing");
      assertThat(refused(endpoint, call(BODY, "Authorization", "Bearer x")))
          .isEqualTo("header Authorization is not of the kind Basic");
      assertThat(refused(endpoint, call(BODY, "Authorization", "Basic ?")))
          .isEqualTo("header Authorization is not base64 behind Basic");
      assertThat(refused(endpoint, call(BODY, "Authorization", basic("anna:three"))))
          .isEqualTo("the password is not valid");
      assertThat(refused(endpoint, call(BODY, "Authorization", basic("otto:one"))))
          .isEqualTo("the user is another one");
    }

    @Test
    void acceptsAKey() {
      var inHeader = Endpoint.key(new KeyPlace(KeyPlace.In.HEADER, "X-Key"), "k1", "k2");
      assertThat(accepted(inHeader, call(BODY, "x-key", "k2"))).isEqualTo("null");
      assertThat(accepted(inHeader, call(BODY, "x-key", "Bearer k1"))).isEqualTo("null");
      assertThat(refused(inHeader, call(BODY, "x-key", "k3")))
          .isEqualTo("the key in header X-Key is not valid");
      assertThat(refused(inHeader, call(BODY))).isEqualTo("header X-Key is missing");

      var inQuery = Endpoint.key(new KeyPlace(KeyPlace.In.QUERY, "key"), "k1");
      var good = new IncomingCall(Map.of(), Map.of("key", List.of("k1")), new byte[0]);
      assertThat(accepted(inQuery, good)).isEqualTo("null");
      assertThat(refused(inQuery, call(BODY))).isEqualTo("parameter key is missing");
    }

    @Test
    void asksNothingWhereNothingIsAsked() {
      assertThat(accepted(Endpoint.open(), call(BODY))).isEqualTo("null");
      assertThat(accepted(Endpoint.open(), call(BODY, "webhook-id", "x".repeat(400))))
          .startsWith("hash:");
    }

    @Test
    void neverShowsASecret() {
      assertThat(Endpoint.basic("anna", "pass-7").toString()).doesNotContain("pass-7");
      assertThat(call("secret-body", "x-key", "k1").toString()).doesNotContain("secret", "k1");
    }
  }
}
