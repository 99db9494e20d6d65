package io.sluice.webhooks.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// How a receiver reacted to an attempt.
///
/// @param status null: there was no answer
/// @param retryAfter what it asked for
/// @param error why there was no answer; null if there was one
public record Reaction(
    @Nullable Integer status, @Nullable Duration retryAfter, @Nullable String error) {
  private static final Duration MOST = Duration.ofHours(24);

  /// There was none.
  public static Reaction none(String error) {
    return new Reaction(null, null, error);
  }

  /// Reads `Retry-After`: seconds, or a date. At most a day is believed.
  public static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    var text = header.strip();
    Duration asked;
    try {
      asked =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeException _) {
      return null;
    }
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(MOST) > 0 ? MOST : asked;
  }

  /// The status, or what was there instead.
  public String words() {
    return status == null ? String.valueOf(error) : "the receiver answered " + status;
  }
}
