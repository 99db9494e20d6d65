package io.sluice.webhooks.model;

import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.HmacRule.Algorithm;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.SigningSecret;
import io.sluice.webhooks.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Calls that are verified in tests.
final class VerifierCalls {
  private VerifierCalls() {}

  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  static final String BODY = "{\"a\":1,\"b\":\"ü\"}";
  static final String CHANGED =
      "the body does not match the signature: it was changed or re-serialised on its way, or"
          + " signed with another secret";

  static IncomingCall call(String body, String... headers) {
    var all = new LinkedHashMap<String, List<String>>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    return new IncomingCall(all, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  static String refused(Endpoint endpoint, IncomingCall call) {
    return switch (Verifier.verify(endpoint, call, NOW)) {
      case Verdict.Refused(String reason) -> reason;
      case Verdict.Accepted accepted -> throw new AssertionError("accepted: " + accepted);
    };
  }

  static String accepted(Endpoint endpoint, IncomingCall call) {
    return switch (Verifier.verify(endpoint, call, NOW)) {
      case Verdict.Accepted(String key) -> String.valueOf(key);
      case Verdict.Refused(String reason) -> throw new AssertionError("refused: " + reason);
    };
  }

  static String hmac(Algorithm algorithm, String key, String text) {
    return HexFormat.of()
        .formatHex(
            SigningSecret.hmac(
                algorithm.mac(),
                key.getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_8)));
  }
}
