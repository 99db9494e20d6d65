package io.sluice.workflow.steps;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs as Standard Webhooks says: HMAC-SHA256 over id, time and body.
final class Signature {
  private static final String PREFIX = "whsec_";

  private Signature() {}

  /// The value of the header `webhook-signature`.
  ///
  /// @param secret `whsec_` and base64, or base64 alone
  static String of(String secret, String id, long seconds, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
      var signed = new ByteArrayOutputStream();
      signed.writeBytes((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      signed.writeBytes(body);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] key(String secret) {
    try {
      var bytes =
          Base64.getDecoder()
              .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
      if (bytes.length >= 24 && bytes.length <= 64) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw StepFailure.lasting(
        "BAD_SECRET", "The secret that signs must be whsec_ and the base64 of 24 to 64 bytes");
  }
}
