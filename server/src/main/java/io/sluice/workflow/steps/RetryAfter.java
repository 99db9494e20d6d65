package io.sluice.workflow.steps;

import io.sluice.guard.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What an answer says about when to come again.
final class RetryAfter {
  private RetryAfter() {}

  /// A service that errs must not put an execution to sleep for years.
  private static final Duration LONGEST = Duration.ofDays(1);

  /// The time to wait, if the answer says so; a day at most. A date is reckoned from the answer's
  /// own.
  static Optional<Duration> of(Headers headers) {
    return headers
        .first("Retry-After")
        .flatMap(text -> read(text.strip(), headers))
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  private static Optional<Duration> read(String text, Headers headers) {
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    var date = headers.first("Date").flatMap(RetryAfter::time);
    return time(text)
        .flatMap(at -> date.map(from -> Duration.between(from, at)))
        .filter(Duration::isPositive);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
