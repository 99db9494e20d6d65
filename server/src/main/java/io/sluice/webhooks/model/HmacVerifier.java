package io.sluice.webhooks.model;

import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.HmacRule;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.SigningSecret;
import io.sluice.webhooks.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// Verifies signatures by HMAC, GitHub's among them.
final class HmacVerifier {
  static final String MISFIT =
      "the body does not match the signature: it was changed or re-serialised on its way, or"
          + " signed with another secret";

  private static final HmacRule GITHUB =
      HmacRule.ofBody("X-Hub-Signature-256", HmacRule.Algorithm.SHA256, HmacRule.Encoding.HEX)
          .withPrefix("sha256=");

  private static final Pattern HOLE = Pattern.compile("\\{(body|timestamp|id)}");

  private HmacVerifier() {}

  static Verdict gitHub(Endpoint endpoint, IncomingCall call, Instant now) {
    if (call.header(GITHUB.header()).isEmpty() && call.header("X-Hub-Signature").isPresent()) {
      throw new Refusal(
          "header X-Hub-Signature-256 is missing; X-Hub-Signature (SHA-1) alone is not accepted");
    }
    return verify(endpoint, GITHUB, call, now);
  }

  static Verdict verify(Endpoint endpoint, IncomingCall call, Instant now) {
    return verify(endpoint, Objects.requireNonNull(endpoint.hmac()), call, now);
  }

  private static Verdict verify(Endpoint endpoint, HmacRule rule, IncomingCall call, Instant now) {
    var sent = signature(rule, Refusal.require(call, rule.header()));
    var timestamp =
        rule.timestampHeader() == null
            ? ""
            : Timestamps.check(call, rule.timestampHeader(), endpoint.tolerance(), now);
    var id = rule.idHeader() == null ? "" : Refusal.require(call, rule.idHeader());
    var signed = signed(rule, timestamp, id, call.body());
    boolean fits = false;
    for (var secret : endpoint.secrets()) {
      var key = secret.getBytes(StandardCharsets.UTF_8);
      fits |= MessageDigest.isEqual(sent, SigningSecret.hmac(rule.algorithm().mac(), key, signed));
    }
    if (!fits) {
      throw new Refusal(MISFIT);
    }
    return new Verdict.Accepted(id.isEmpty() ? "of:" + digest(signed) : "id:" + id);
  }

  private static byte[] signature(HmacRule rule, String header) {
    if (!header.startsWith(rule.prefix())) {
      throw new Refusal("header " + rule.header() + " does not begin with " + rule.prefix());
    }
    var text = header.substring(rule.prefix().length());
    try {
      return switch (rule.encoding()) {
        case HEX -> HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
        case BASE64 -> Base64.getDecoder().decode(text);
      };
    } catch (IllegalArgumentException _) {
      throw new Refusal(
          "the signature in header "
              + rule.header()
              + " is not "
              + (rule.encoding() == HmacRule.Encoding.HEX ? "hexadecimal" : "base64"));
    }
  }

  /// The template filled in; the body goes in as bytes, whatever they are.
  private static byte[] signed(HmacRule rule, String timestamp, String id, byte[] body) {
    var out = new ByteArrayOutputStream(body.length + 64);
    var holes = HOLE.matcher(rule.signed());
    int at = 0;
    while (holes.find()) {
      out.writeBytes(bytes(rule.signed().substring(at, holes.start())));
      out.writeBytes(
          switch (holes.group(1)) {
            case "body" -> body;
            case "timestamp" -> bytes(timestamp);
            default -> bytes(id);
          });
      at = holes.end();
    }
    out.writeBytes(bytes(rule.signed().substring(at)));
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(byte[] signed) {
    return HexFormat.of().formatHex(Hashes.sha256(signed));
  }
}
