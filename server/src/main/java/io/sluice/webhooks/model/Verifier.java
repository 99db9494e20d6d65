package io.sluice.webhooks.model;

import io.sluice.platform.Problem.Fault;
import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.HmacRule;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.SigningSecret;
import io.sluice.webhooks.Verdict;
import io.sluice.webhooks.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Verifies calls, and what an endpoint says about them.
public final class Verifier {
  /// PostgreSQL indexes no more; what is longer is hashed.
  private static final int LONGEST_KEY = 300;

  private Verifier() {}

  /// Whether a call is what it says to be.
  public static Verdict verify(Endpoint endpoint, IncomingCall call, Instant now) {
    var faults = faults(endpoint);
    if (!faults.isEmpty()) {
      return new Verdict.Refused(
          "the endpoint is not configured well: "
              + faults.getFirst().pointer()
              + " "
              + faults.getFirst().detail());
    }
    try {
      return shortened(
          switch (endpoint.verification()) {
            case STANDARD_WEBHOOKS -> StandardVerifier.verify(endpoint, call, now);
            case GITHUB -> HmacVerifier.gitHub(endpoint, call, now);
            case HMAC -> HmacVerifier.verify(endpoint, call, now);
            case BASIC -> CredentialVerifier.basic(endpoint, call);
            case KEY -> CredentialVerifier.key(endpoint, call);
            case NONE -> CredentialVerifier.open(call);
          });
    } catch (Refusal refusal) {
      return new Verdict.Refused(refusal.reason());
    }
  }

  private static Verdict shortened(Verdict verdict) {
    return verdict instanceof Verdict.Accepted(String key)
            && key != null
            && key.length() > LONGEST_KEY
        ? new Verdict.Accepted(
            "hash:"
                + java.util.HexFormat.of()
                    .formatHex(
                        Hashes.sha256(key.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
        : verdict;
  }

  /// What is wrong with an endpoint; never names a secret.
  public static List<Fault> faults(Endpoint endpoint) {
    var faults = new ArrayList<Fault>();
    if (endpoint.verification() != Verification.NONE && endpoint.secrets().isEmpty()) {
      faults.add(new Fault("/secrets", "must have one at least"));
    }
    if (!endpoint.tolerance().isPositive()) {
      faults.add(new Fault("/tolerance", "must be longer than zero"));
    }
    for (int i = 0; i < endpoint.secrets().size(); i++) {
      checkSecret(endpoint, i, faults);
    }
    switch (endpoint.verification()) {
      case HMAC -> checkRule(endpoint.hmac(), faults);
      case BASIC -> {
        if (endpoint.user() == null || endpoint.user().isEmpty()) {
          faults.add(new Fault("/user", "is missing"));
        }
      }
      case KEY -> {
        if (endpoint.key() == null || endpoint.key().name().isBlank()) {
          faults.add(new Fault("/key", "is missing: say where the key is"));
        }
      }
      case STANDARD_WEBHOOKS, GITHUB, NONE -> {}
    }
    return List.copyOf(faults);
  }

  private static void checkSecret(Endpoint endpoint, int at, List<Fault> faults) {
    var secret = endpoint.secrets().get(at);
    var pointer = "/secrets/" + at;
    if (secret.isEmpty()) {
      faults.add(new Fault(pointer, "is empty"));
    } else if (endpoint.verification() == Verification.STANDARD_WEBHOOKS) {
      try {
        SigningSecret.parse(secret);
      } catch (IllegalArgumentException e) {
        faults.add(new Fault(pointer, String.valueOf(e.getMessage())));
      }
    }
  }

  private static void checkRule(
      @org.jspecify.annotations.Nullable HmacRule rule, List<Fault> faults) {
    if (rule == null || rule.header().isBlank()) {
      faults.add(new Fault("/hmac", "is missing: say which header has the signature"));
      return;
    }
    if (!rule.signed().contains("{body}")) {
      faults.add(new Fault("/hmac/signed", "must have {body} in it"));
    }
    if (rule.signed().contains("{timestamp}") && rule.timestampHeader() == null) {
      faults.add(new Fault("/hmac/timestampHeader", "is missing: {timestamp} is signed"));
    }
    if (rule.signed().contains("{id}") && rule.idHeader() == null) {
      faults.add(new Fault("/hmac/idHeader", "is missing: {id} is signed"));
    }
  }
}
