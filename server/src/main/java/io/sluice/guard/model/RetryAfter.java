package io.sluice.guard.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// The header by which a service says when to come back: seconds, or a date.
public final class RetryAfter {
  private static final int DIGITS = 9;

  private RetryAfter() {}

  /// How long to wait.
  ///
  /// @return empty if the text says nothing, or a time that has passed
  public static Optional<Duration> read(String text, Instant now) {
    return wait(text.strip(), now).filter(Duration::isPositive);
  }

  private static Optional<Duration> wait(String text, Instant now) {
    if (text.matches("\\d{1," + DIGITS + "}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(now, date.toInstant()));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
