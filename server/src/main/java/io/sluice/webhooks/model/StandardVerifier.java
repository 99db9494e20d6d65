package io.sluice.webhooks.model;

import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.SigningSecret;
import io.sluice.webhooks.StandardSignature;
import io.sluice.webhooks.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Verifies what Standard Webhooks has signed.
final class StandardVerifier {
  private StandardVerifier() {}

  static Verdict verify(Endpoint endpoint, IncomingCall call, Instant now) {
    var id = Refusal.require(call, StandardSignature.ID);
    var sent = signatures(Refusal.require(call, StandardSignature.SIGNATURE));
    var seconds = Timestamps.check(call, StandardSignature.TIMESTAMP, endpoint.tolerance(), now);
    var head = StandardSignature.head(id, seconds);
    boolean fits = false;
    for (var secret : endpoint.secrets()) {
      // Every pair is compared, so that the time does not tell which one fitted.
      fits |= any(sent, SigningSecret.parse(secret).hmac(head, call.body()));
    }
    if (!fits) {
      throw new Refusal(misfit(endpoint, sent, head, call.body()));
    }
    return new Verdict.Accepted("id:" + id);
  }

  private static List<byte[]> signatures(String header) {
    var found = new ArrayList<byte[]>();
    boolean others = false;
    for (var part : header.split("\\s+")) {
      if (part.startsWith(StandardSignature.VERSION)) {
        found.add(decode(part.substring(StandardSignature.VERSION.length())));
      } else {
        others = true;
      }
    }
    if (found.isEmpty()) {
      throw new Refusal(
          "header webhook-signature has no v1 signature"
              + (others ? ", only others: have the sender sign by HMAC-SHA256" : ""));
    }
    return found;
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new Refusal("header webhook-signature is not base64 behind v1,");
    }
  }

  private static boolean any(List<byte[]> sent, byte[] right) {
    boolean fits = false;
    for (var one : sent) {
      fits |= MessageDigest.isEqual(one, right);
    }
    return fits;
  }

  /// The mistake that is made most often has a reason of its own.
  private static String misfit(Endpoint endpoint, List<byte[]> sent, byte[] head, byte[] body) {
    for (var secret : endpoint.secrets()) {
      var bare = secret.strip().replaceFirst("^" + SigningSecret.PREFIX, "");
      for (var wrong : List.of(secret.strip(), bare)) {
        var key = wrong.getBytes(StandardCharsets.UTF_8);
        if (any(sent, SigningSecret.hmac("HmacSHA256", key, head, body))) {
          return "it was signed with the text of the secret: the key is what the base64 behind"
              + " whsec_ decodes to";
        }
      }
    }
    return HmacVerifier.MISFIT;
  }
}
