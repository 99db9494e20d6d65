package io.sluice.webhooks.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.sluice.webhooks.SigningSecret;
import io.sluice.webhooks.StandardSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardSignatureTest {
  @Test
  void isThePublishedOne() {
    var secret = SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    var signature =
        StandardSignature.sign(
            List.of(secret),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1614265330),
            "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));
    assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  /// Random secrets and bodies, whatever is in them.
  @Test
  void isWhatTheOfficialLibrarySignsAndVerifies() throws Exception {
    long seed = System.nanoTime();
    var chance = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      var key = new byte[24 + chance.nextInt(41)];
      chance.nextBytes(key);
      var secret = SigningSecret.of(key);
      var body = body(chance);
      var now = Instant.now();
      var official = new Webhook(secret.text());
      var ours =
          StandardSignature.sign(
              List.of(secret), "msg_" + round, now, body.getBytes(StandardCharsets.UTF_8));
      assertThat(ours)
          .as("seed " + seed)
          .isEqualTo(official.sign("msg_" + round, now.getEpochSecond(), body));
      official.verify(body, headers("msg_" + round, now, ours));
    }
  }

  private static String body(SplittableRandom chance) {
    var text = new StringBuilder("{\"text\":\"");
    for (int i = chance.nextInt(80); i > 0; i--) {
      text.appendCodePoint(chance.nextInt(10) == 0 ? 0x1F600 + i : 'a' + chance.nextInt(300));
    }
    return text.append("\"}").toString();
  }

  static HashMap<String, List<String>> headersOf(String id, Instant at, String signature) {
    return new HashMap<>(
        Map.of(
            "webhook-id", List.of(id),
            "webhook-timestamp", List.of(Long.toString(at.getEpochSecond())),
            "webhook-signature", List.of(signature)));
  }

  private static java.net.http.HttpHeaders headers(String id, Instant at, String signature) {
    return java.net.http.HttpHeaders.of(headersOf(id, at, signature), (_, _) -> true);
  }

  @Test
  void twoSecretsGiveTwoSignaturesAndEachIsEnough() {
    var old = SigningSecret.of(new byte[32]);
    var fresh = SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    var now = Instant.now();
    var both =
        StandardSignature.sign(
            List.of(fresh, old), "msg_1", now, "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(both.split(" ")).hasSize(2);
    for (var secret : List.of(old, fresh)) {
      assertThatCode(() -> new Webhook(secret.text()).verify("{}", headers("msg_1", now, both)))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 65, 200})
  void aSecretOfAnotherLengthIsNone(int bytes) {
    var text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    assertThatThrownBy(() -> SigningSecret.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("has " + bytes + " bytes; give the base64 of 24 to 64");
  }

  @Test
  void aSecretIsReadWithAndWithoutItsPrefixAndNeverShown() {
    var text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assertThat(SigningSecret.parse(text.substring(6)).text()).isEqualTo(text);
    assertThat(SigningSecret.parse(text).toString()).doesNotContain("MfKQ");
    assertThatThrownBy(() -> SigningSecret.parse("whsec_MfKQ9r8GKYqr!!"))
        .hasMessage("is not base64 behind whsec_");
  }
}
