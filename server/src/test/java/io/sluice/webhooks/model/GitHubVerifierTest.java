package io.sluice.webhooks.model;

import static io.sluice.webhooks.model.VerifierCalls.BODY;
import static io.sluice.webhooks.model.VerifierCalls.CHANGED;
import static io.sluice.webhooks.model.VerifierCalls.accepted;
import static io.sluice.webhooks.model.VerifierCalls.call;
import static io.sluice.webhooks.model.VerifierCalls.hmac;
import static io.sluice.webhooks.model.VerifierCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.HmacRule.Algorithm;
import org.junit.jupiter.api.Test;

class GitHubVerifierTest {
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
    assertThat(refused(endpoint, call(BODY))).isEqualTo("header X-Hub-Signature-256 is missing");
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
        accepted(endpoint, call(BODY, "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "1"));
    var second =
        accepted(endpoint, call(BODY, "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "2"));
    assertThat(first).isEqualTo(second);
  }
}
