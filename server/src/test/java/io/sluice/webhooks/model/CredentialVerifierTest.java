package io.sluice.webhooks.model;

import static io.sluice.webhooks.model.VerifierCalls.BODY;
import static io.sluice.webhooks.model.VerifierCalls.accepted;
import static io.sluice.webhooks.model.VerifierCalls.call;
import static io.sluice.webhooks.model.VerifierCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.KeyPlace;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialVerifierTest {
  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void acceptsUserAndPassword() {
    var endpoint = Endpoint.basic("anna", "one", "t:wo");
    assertThat(accepted(endpoint, call(BODY, "Authorization", basic("anna:one"))))
        .isEqualTo("null");
    assertThat(
            accepted(
                endpoint, call(BODY, "authorization", basic("anna:t:wo"), "Idempotency-Key", "7")))
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
