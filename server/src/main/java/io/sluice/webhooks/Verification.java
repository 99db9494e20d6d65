package io.sluice.webhooks;

/// How a caller proves who it is.
public enum Verification {
  /// As Standard Webhooks says: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
  STANDARD_WEBHOOKS,
  /// As GitHub does it: `X-Hub-Signature-256`.
  GITHUB,
  /// A signature of another form, told by an [HmacRule].
  HMAC,
  /// User and password.
  BASIC,
  /// A key in a header or in the query.
  KEY,
  /// Whoever knows the address may call.
  NONE
}
