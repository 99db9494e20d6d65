package io.sluice.workflow.work;

import io.sluice.workflow.model.Retry;
import io.sluice.workflow.model.StatusRange;
import io.sluice.workflow.steps.StepFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides whether a failed attempt of a step is followed by another, and when.
final class Retries {
  /// More doublings than this are no longer told apart from the longest delay.
  private static final int DOUBLINGS = 40;

  private Retries() {}

  /// The delay before the next attempt; empty if there is none.
  ///
  /// @param attempt that failed, from 1
  static Optional<Duration> next(
      @Nullable Retry policy, StepFailure failure, int attempt, Facts facts) {
    if (policy == null
        || policy.strategy() == Retry.Strategy.NONE
        || attempt >= policy.maxAttempts()
        || !wanted(policy, failure, attempt, facts.now())) {
      return Optional.empty();
    }
    var delay = delay(policy, attempt, facts.random());
    var asked = failure.details().retryAfter();
    return Optional.of(asked != null && asked.compareTo(delay) > 0 ? asked : delay);
  }

  /// What a decision depends on beside the failure.
  record Facts(Instant now, RandomGenerator random) {}

  private static boolean wanted(Retry policy, StepFailure failure, int attempt, Instant now) {
    if (policy.when() != null) {
      var document = new HashMap<String, @Nullable Object>();
      document.put("status", failure.details().status());
      document.put("errorType", failure.code());
      document.put("message", failure.message());
      document.put("body", failure.details().body());
      document.put("attempt", attempt);
      return policy.when().test(new io.sluice.expression.Scope(document, now));
    }
    return policy.on().isEmpty()
        ? failure.passes()
        : policy.on().stream().anyMatch(code -> names(code, failure));
  }

  /// Whether a code of the policy's is that of the failure, or its HTTP status.
  private static boolean names(String code, StepFailure failure) {
    var status = failure.details().status();
    return code.equalsIgnoreCase(failure.code())
        || status != null
            && StatusRange.read(code).filter(range -> range.contains(status)).isPresent();
  }

  /// After failure number `n`, see [Retry].
  static Duration delay(Retry policy, int n, RandomGenerator random) {
    var grown =
        switch (policy.strategy()) {
          case NONE -> Duration.ZERO;
          case FIXED -> policy.initialDelay();
          case LINEAR -> times(policy.initialDelay(), n);
          case EXPONENTIAL ->
              n > DOUBLINGS
                  ? policy.maxDelay()
                  : times(policy.initialDelay(), 1L << Math.min(n - 1, DOUBLINGS));
        };
    var capped = grown.compareTo(policy.maxDelay()) > 0 ? policy.maxDelay() : grown;
    return policy.jitter() && capped.toMillis() > 0
        ? Duration.ofMillis(random.nextLong(capped.toMillis() + 1))
        : capped;
  }

  private static Duration times(Duration delay, long factor) {
    long most = Duration.ofDays(3650).toMillis();
    long millis = delay.toMillis();
    return Duration.ofMillis(millis == 0 ? 0 : millis > most / factor ? most : millis * factor);
  }
}
