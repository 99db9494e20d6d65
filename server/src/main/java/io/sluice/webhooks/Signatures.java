package io.sluice.webhooks;

import java.time.Instant;
import java.util.Map;

/// Signs as deliveries are signed, for what else is sent out.
public interface Signatures {
  /// The three headers of Standard Webhooks, on exact bytes.
  ///
  /// @param secret as it is written, with or without `whsec_`
  /// @param message the id under which it is sent, however often
  /// @throws IllegalArgumentException if it is no secret; says why, without it
  Map<String, String> headers(String secret, String message, Instant at, byte[] body);

  /// What is wrong with a secret, without it; empty if nothing.
  String fault(String secret);
}
