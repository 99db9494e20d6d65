package io.sluice.webhooks.model;

import static io.sluice.webhooks.model.VerifierCalls.BODY;
import static io.sluice.webhooks.model.VerifierCalls.CHANGED;
import static io.sluice.webhooks.model.VerifierCalls.NOW;
import static io.sluice.webhooks.model.VerifierCalls.accepted;
import static io.sluice.webhooks.model.VerifierCalls.call;
import static io.sluice.webhooks.model.VerifierCalls.hmac;
import static io.sluice.webhooks.model.VerifierCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.HmacRule.Algorithm;
import io.sluice.webhooks.IncomingCall;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardVerifierTest {
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
              .encodeToString(HexFormat.of().parseHex(hmac(Algorithm.SHA256, key, text)));
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
