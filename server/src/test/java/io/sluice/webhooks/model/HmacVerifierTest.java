package io.sluice.webhooks.model;

import static io.sluice.webhooks.model.VerifierCalls.BODY;
import static io.sluice.webhooks.model.VerifierCalls.CHANGED;
import static io.sluice.webhooks.model.VerifierCalls.NOW;
import static io.sluice.webhooks.model.VerifierCalls.accepted;
import static io.sluice.webhooks.model.VerifierCalls.call;
import static io.sluice.webhooks.model.VerifierCalls.hmac;
import static io.sluice.webhooks.model.VerifierCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.HmacRule;
import io.sluice.webhooks.HmacRule.Algorithm;
import io.sluice.webhooks.HmacRule.Encoding;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.SigningSecret;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HmacVerifierTest {
  private final HmacRule slack =
      HmacRule.ofBody("X-Slack-Signature", Algorithm.SHA256, Encoding.HEX)
          .withPrefix("v0=")
          .signing("v0:{timestamp}:{body}", "X-Slack-Request-Timestamp", null);

  @Test
  void acceptsSlacksForm() {
    var endpoint = Endpoint.hmac(slack, "shh");
    var seconds = Long.toString(NOW.getEpochSecond());
    var signature = "v0=" + hmac(Algorithm.SHA256, "shh", "v0:" + seconds + ":" + BODY);
    var good = call(BODY, "X-Slack-Signature", signature, "X-Slack-Request-Timestamp", seconds);
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
        assertThat(refused(endpoint, call(BODY, "X-Sig", text, "X-Id", "id-8"))).isEqualTo(CHANGED);
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
        HexFormat.of().formatHex(SigningSecret.hmac("HmacSHA256", new byte[] {'k'}, body));
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
