package io.sluice.testing.assistants.houndify;

import io.sluice.platform.Problem.Fault;
import io.sluice.testing.assistants.AssistantProblem;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests: HMAC-SHA256 over the user, the request and the time, with the client's key.
/// Between the request's id and the time there is nothing.
final class Signature {
  private final String clientId;
  private final SecretKeySpec key;

  /// @param clientKey base64 for URLs, with its padding
  /// @throws AssistantProblem.BadConfig if the key is none
  Signature(String clientId, String clientKey) {
    this.clientId = clientId;
    this.key = new SecretKeySpec(decoded(clientKey), "HmacSHA256");
  }

  /// The two headers that tell who asks.
  record Signed(String request, String client) {}

  private static byte[] decoded(String clientKey) {
    try {
      var bytes = Base64.getUrlDecoder().decode(clientKey.strip());
      if (bytes.length > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // Said below, without the key.
    }
    throw new AssistantProblem.BadConfig(
        List.of(new Fault("/clientKey", "the secret it names is no key: base64 for URLs")));
  }

  /// Signs one request.
  ///
  /// @param second since 1970
  Signed sign(String userId, String requestId, long second) {
    return new Signed(
        userId + ";" + requestId,
        clientId + ";" + second + ";" + of(userId + ";" + requestId + second));
  }

  private String of(String message) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Base64.getUrlEncoder()
          .encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
