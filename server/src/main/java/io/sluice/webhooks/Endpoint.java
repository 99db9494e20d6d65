package io.sluice.webhooks;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the calls to one address are verified. Whoever stores it seals the secrets
/// ([io.sluice.platform.Sealer]); [#withSecrets] takes them out and puts them in.
///
/// @param secrets any of them is good, so that they can be rotated: the keys of signatures, the
///   passwords of BASIC, the keys of KEY; empty for NONE
/// @param hmac for HMAC
/// @param user for BASIC
/// @param key for KEY
/// @param tolerance how far a timestamp may be from now
public record Endpoint(
    Verification verification,
    List<String> secrets,
    @Nullable HmacRule hmac,
    @Nullable String user,
    @Nullable KeyPlace key,
    Duration tolerance) {
  /// Five minutes, as Standard Webhooks recommends.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  /// Copies the list.
  public Endpoint {
    secrets = List.copyOf(secrets);
  }

  /// Signed as Standard Webhooks says.
  ///
  /// @param secrets `whsec_` and base64
  public static Endpoint standardWebhooks(String... secrets) {
    return of(Verification.STANDARD_WEBHOOKS, secrets);
  }

  /// Signed as GitHub does it.
  public static Endpoint gitHub(String... secrets) {
    return of(Verification.GITHUB, secrets);
  }

  /// Signed by a rule.
  public static Endpoint hmac(HmacRule rule, String... secrets) {
    return new Endpoint(Verification.HMAC, List.of(secrets), rule, null, null, TOLERANCE);
  }

  /// User and password.
  public static Endpoint basic(String user, String... passwords) {
    return new Endpoint(Verification.BASIC, List.of(passwords), null, user, null, TOLERANCE);
  }

  /// A key.
  public static Endpoint key(KeyPlace place, String... keys) {
    return new Endpoint(Verification.KEY, List.of(keys), null, null, place, TOLERANCE);
  }

  /// Nothing is asked for.
  public static Endpoint open() {
    return of(Verification.NONE);
  }

  private static Endpoint of(Verification verification, String... secrets) {
    return new Endpoint(verification, List.of(secrets), null, null, null, TOLERANCE);
  }

  /// The same with other secrets.
  public Endpoint withSecrets(List<String> values) {
    return new Endpoint(verification, values, hmac, user, key, tolerance);
  }

  /// Without the secrets.
  @Override
  public String toString() {
    return "Endpoint[" + verification + ", " + secrets.size() + " secrets]";
  }
}
