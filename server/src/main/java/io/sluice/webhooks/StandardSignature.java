package io.sluice.webhooks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Signs as Standard Webhooks 1.0.0 says, on exact bytes.
public final class StandardSignature {
  /// The header with the message's id.
  public static final String ID = "webhook-id";

  /// The header with the time of the attempt, in seconds.
  public static final String TIMESTAMP = "webhook-timestamp";

  /// The header with the signatures, separated by spaces.
  public static final String SIGNATURE = "webhook-signature";

  /// Before each signature.
  public static final String VERSION = "v1,";

  private StandardSignature() {}

  /// The value of the signature header: one signature a secret.
  public static String sign(List<SigningSecret> secrets, String id, Instant at, byte[] body) {
    return secrets.stream()
        .map(s -> VERSION + Base64.getEncoder().encodeToString(s.hmac(head(id, at), body)))
        .collect(Collectors.joining(" "));
  }

  /// The three headers of a message with one secret.
  public static Map<String, String> headers(
      SigningSecret secret, String id, Instant at, byte[] body) {
    return Map.of(
        ID,
        id,
        TIMESTAMP,
        Long.toString(at.getEpochSecond()),
        SIGNATURE,
        sign(List.of(secret), id, at, body));
  }

  private static byte[] head(String id, Instant at) {
    return head(id, Long.toString(at.getEpochSecond()));
  }

  /// What is signed before the body.
  public static byte[] head(String id, String seconds) {
    return (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
  }
}
