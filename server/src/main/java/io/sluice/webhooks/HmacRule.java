package io.sluice.webhooks;

import org.jspecify.annotations.Nullable;

/// The form of a signature by HMAC.
///
/// Slack's, as an example: header `X-Slack-Signature`, SHA256, HEX, prefix `v0=`, signed
/// `v0:{timestamp}:{body}`, timestamp header `X-Slack-Request-Timestamp`.
///
/// @param header that has the signature
/// @param prefix before the signature in the header, e.g. `sha256=`; empty for none
/// @param signed what is signed: a text with `{body}`, and where wanted `{timestamp}` and `{id}`
/// @param timestampHeader seconds or milliseconds since 1970, or RFC 3339; checked against the
///   tolerance; null: none
/// @param idHeader by which a replay is recognised; null: by what was signed
public record HmacRule(
    String header,
    Algorithm algorithm,
    Encoding encoding,
    String prefix,
    String signed,
    @Nullable String timestampHeader,
    @Nullable String idHeader) {
  /// The hash.
  public enum Algorithm {
    /// For old senders only.
    SHA1("HmacSHA1"),
    /// The usual one.
    SHA256("HmacSHA256"),
    /// A longer one.
    SHA512("HmacSHA512");

    private final String mac;

    Algorithm(String mac) {
      this.mac = mac;
    }

    /// The name that the JDK has for the HMAC with it.
    public String mac() {
      return mac;
    }
  }

  /// How the signature is written.
  public enum Encoding {
    /// Hexadecimal, in lower or upper case.
    HEX,
    /// Base64.
    BASE64
  }

  /// A signature over the body alone.
  public static HmacRule ofBody(String header, Algorithm algorithm, Encoding encoding) {
    return new HmacRule(header, algorithm, encoding, "", "{body}", null, null);
  }

  /// With a prefix.
  public HmacRule withPrefix(String value) {
    return new HmacRule(header, algorithm, encoding, value, signed, timestampHeader, idHeader);
  }

  /// Over more than the body.
  public HmacRule signing(
      String template, @Nullable String timestampHeader, @Nullable String idHeader) {
    return new HmacRule(header, algorithm, encoding, prefix, template, timestampHeader, idHeader);
  }
}
