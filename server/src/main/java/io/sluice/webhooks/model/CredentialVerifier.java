package io.sluice.webhooks.model;

import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.KeyPlace;
import io.sluice.webhooks.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Verifies credentials that are sent as they are. They prove nothing about the body, so that a
/// replay is known only by an id that the caller gives.
final class CredentialVerifier {
  /// Where callers put ids.
  private static final List<String> IDS = List.of("webhook-id", "idempotency-key");

  private CredentialVerifier() {}

  static Verdict basic(Endpoint endpoint, IncomingCall call) {
    var header = Refusal.require(call, "Authorization");
    if (!header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      throw new Refusal("header Authorization is not of the kind Basic");
    }
    var pair = decode(header.substring("basic ".length()).strip());
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw new Refusal("header Authorization has no user and password");
    }
    boolean user = Hashes.same(pair.substring(0, colon), Objects.requireNonNull(endpoint.user()));
    boolean password = known(endpoint.secrets(), pair.substring(colon + 1));
    if (!user || !password) {
      throw new Refusal(user ? "the password is not valid" : "the user is another one");
    }
    return new Verdict.Accepted(id(call));
  }

  private static String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new Refusal("header Authorization is not base64 behind Basic");
    }
  }

  static Verdict key(Endpoint endpoint, IncomingCall call) {
    var place = Objects.requireNonNull(endpoint.key());
    boolean header = place.in() == KeyPlace.In.HEADER;
    var where = (header ? "header " : "parameter ") + place.name();
    var sent =
        (header ? call.header(place.name()) : call.parameter(place.name()))
            .orElseThrow(() -> new Refusal(where + " is missing"));
    if (!known(endpoint.secrets(), sent)
        && !known(endpoint.secrets(), sent.replaceFirst("(?i)^Bearer ", ""))) {
      throw new Refusal("the key in " + where + " is not valid");
    }
    return new Verdict.Accepted(id(call));
  }

  static Verdict open(IncomingCall call) {
    return new Verdict.Accepted(id(call));
  }

  private static boolean known(List<String> secrets, String sent) {
    boolean fits = false;
    for (var secret : secrets) {
      fits |= Hashes.same(secret, sent);
    }
    return fits;
  }

  private static @Nullable String id(IncomingCall call) {
    return IDS.stream()
        .flatMap(name -> call.header(name).stream())
        .findFirst()
        .map(value -> "id:" + value)
        .orElse(null);
  }
}
