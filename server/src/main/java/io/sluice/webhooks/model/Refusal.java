package io.sluice.webhooks.model;

import io.sluice.webhooks.IncomingCall;

/// Why a call is refused; ends its verification. Never leaves the package.
final class Refusal extends RuntimeException {
  private final String reason;

  Refusal(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /// A header that must be there.
  static String require(IncomingCall call, String header) {
    var value = call.header(header).map(String::strip).orElse("");
    if (value.isEmpty()) {
      throw new Refusal("header " + header + " is missing");
    }
    return value;
  }
}
