package io.sluice.webhooks;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A symmetric secret as Standard Webhooks writes it: `whsec_` and the base64 of 24 to 64 bytes.
public final class SigningSecret {
  /// How it is written.
  public static final String PREFIX = "whsec_";

  /// The fewest bytes.
  public static final int FEWEST = 24;

  /// The most bytes.
  public static final int MOST = 64;

  private final byte[] key;

  private SigningSecret(byte[] key) {
    this.key = key;
  }

  /// Of bytes.
  ///
  /// @throws IllegalArgumentException if there are too few or too many; says how many
  public static SigningSecret of(byte[] key) {
    if (key.length < FEWEST || key.length > MOST) {
      throw new IllegalArgumentException(
          "has " + key.length + " bytes; give the base64 of " + FEWEST + " to " + MOST);
    }
    return new SigningSecret(key.clone());
  }

  /// Reads what is written, with or without `whsec_`.
  ///
  /// @throws IllegalArgumentException if it is none; says why, without the secret
  public static SigningSecret parse(String text) {
    var base64 = text.strip();
    base64 = base64.startsWith(PREFIX) ? base64.substring(PREFIX.length()) : base64;
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("is not base64 behind " + PREFIX);
    }
    return of(key);
  }

  /// As it is written.
  public String text() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /// HMAC-SHA256 over parts, one behind the other.
  public byte[] hmac(byte[]... parts) {
    return hmac("HmacSHA256", key, parts);
  }

  /// An HMAC with a key of any length but zero.
  public static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (var part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  /// Without the secret.
  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
