package io.sluice.webhooks.model;

import io.sluice.webhooks.IncomingCall;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Reads and judges the timestamps of calls.
final class Timestamps {
  /// Seconds of the year 5138: what is more must be milliseconds.
  private static final long MOST_SECONDS = 100_000_000_000L;

  private Timestamps() {}

  /// The header's text, once its time is near enough.
  ///
  /// @throws Refusal if it is missing, not a time, or too far from now
  static String check(IncomingCall call, String header, Duration tolerance, Instant now) {
    var text = Refusal.require(call, header);
    long off = Duration.between(read(header, text), now).toSeconds();
    if (off > tolerance.toSeconds()) {
      throw new Refusal("timestamp is " + off + " s old; at most " + tolerance.toSeconds() + " s");
    }
    if (-off > tolerance.toSeconds()) {
      throw new Refusal(
          "timestamp is "
              + -off
              + " s in the future; at most "
              + tolerance.toSeconds()
              + " s: look at the sender's clock and at this server's");
    }
    return text;
  }

  private static Instant read(String header, String text) {
    try {
      long number = Long.parseLong(text);
      if (number < 0) {
        throw new Refusal("header " + header + " is before 1970");
      }
      return number > MOST_SECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    } catch (NumberFormatException _) {
      return readText(header, text);
    }
  }

  private static Instant readText(String header, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw new Refusal("header " + header + " is not a time: give seconds since 1970");
    }
  }
}
