package io.sluice.webhooks.model;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an attempt means for its delivery and its webhook.
public sealed interface Judgement {
  /// It arrived.
  record Delivered() implements Judgement {}

  /// The receiver wants nothing any more: the webhook is disabled.
  record Gone() implements Judgement {}

  /// It is tried again.
  ///
  /// @param in so much time
  /// @param pause for all deliveries of the webhook; null: none
  record Again(Duration in, @Nullable Duration pause) implements Judgement {}

  /// It was tried often enough.
  ///
  /// @param pause for all deliveries of the webhook; null: none
  record Exhausted(@Nullable Duration pause) implements Judgement {}

  /// The rules of Standard Webhooks. A redirect is not followed: it is a failure.
  ///
  /// @param attempt from 1
  static Judgement of(Reaction reaction, Attempt attempt, Duration throttle) {
    Integer status = reaction.status();
    if (status != null && status >= 200 && status < 300) {
      return new Delivered();
    }
    if (status != null && status == 410) {
      return new Gone();
    }
    var pause = pause(reaction, throttle);
    if (!attempt.schedule().hasAfter(attempt.number())) {
      return new Exhausted(pause);
    }
    var delay = attempt.schedule().after(attempt.number(), attempt.delivery());
    return new Again(pause != null && pause.compareTo(delay) > 0 ? pause : delay, pause);
  }

  /// Which attempt it was.
  ///
  /// @param number from 1
  record Attempt(RetrySchedule schedule, int number, UUID delivery) {}

  private static @Nullable Duration pause(Reaction reaction, Duration throttle) {
    return switch (reaction.status()) {
      case null -> null;
      case 429, 502, 503, 504 -> reaction.retryAfter() == null ? throttle : reaction.retryAfter();
      default -> null;
    };
  }
}
