package io.sluice.workflow.triggers.model;

import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.HmacRule;
import io.sluice.webhooks.Verification;
import io.sluice.workflow.TriggerDraft.Hmac;
import io.sluice.workflow.TriggerDraft.HookRule;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The webhook part of a trigger, as the module of webhooks wants to have it.
public final class Endpoints {
  private Endpoints() {}

  /// How calls are verified.
  public static Endpoint of(HookRule rule, List<String> secrets) {
    return new Endpoint(
        verification(rule),
        secrets,
        rule.hmac() == null ? null : hmac(rule.hmac()),
        rule.user(),
        rule.key(),
        Objects.requireNonNullElse(rule.tolerance(), Endpoint.TOLERANCE));
  }

  /// As Standard Webhooks says, unless the rule says otherwise.
  public static Verification verification(HookRule rule) {
    return Objects.requireNonNullElse(rule.verification(), Verification.STANDARD_WEBHOOKS);
  }

  private static HmacRule hmac(Hmac hmac) {
    return new HmacRule(
        or(hmac.header(), ""),
        hmac.algorithm() == null ? HmacRule.Algorithm.SHA256 : hmac.algorithm(),
        hmac.encoding() == null ? HmacRule.Encoding.HEX : hmac.encoding(),
        or(hmac.prefix(), ""),
        or(hmac.signed(), "{body}"),
        hmac.timestampHeader(),
        hmac.idHeader());
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  /// The same with nothing left open.
  public static HookRule complete(HookRule rule) {
    return new HookRule(
        verification(rule),
        null,
        rule.hmac(),
        rule.user(),
        rule.key(),
        Objects.requireNonNullElse(rule.tolerance(), Endpoint.TOLERANCE));
  }

  /// A new secret, in the form that the verification asks for.
  public static String secret(Verification verification, byte[] chance) {
    return verification == Verification.STANDARD_WEBHOOKS
        ? "whsec_" + Base64.getEncoder().encodeToString(chance)
        : token(chance);
  }

  /// Letters, digits, hyphens and underscores.
  public static String token(byte[] chance) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
  }
}
