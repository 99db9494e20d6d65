package io.sluice.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a circuit breaker decides.
///
/// @param enabled false: it lets everything pass, and only counts
/// @param failureRateThreshold per cent of the window's calls that fail, from which it opens
/// @param slowCallRateThreshold per cent of the window's calls that are slow, from which it opens
/// @param slowCallDuration from which a call is slow
/// @param windowSize how far back is looked
/// @param minimumCalls in the window, before it is judged
/// @param waitDurationInOpen how long it stays open the first time
/// @param waitGrowth by how much longer each opening lasts that soon follows another
/// @param maxWaitDurationInOpen the longest that it stays open, a service's own wish included
/// @param permittedCallsInHalfOpen how many calls try whether the service is back
/// @param honourRetryAfter whether it opens for as long as a 429 or 503 with `Retry-After` says
/// @param rampPerSecond how many calls are let back in the first second after it closed, and twice
///   as many each second after; 0: all at once
/// @param rateLimit how often the service may be called; null: `sluice.rate-limits` says, or it is
///   not limited
public record BreakerConfig(
    boolean enabled,
    double failureRateThreshold,
    double slowCallRateThreshold,
    Duration slowCallDuration,
    Duration windowSize,
    int minimumCalls,
    Duration waitDurationInOpen,
    double waitGrowth,
    Duration maxWaitDurationInOpen,
    int permittedCallsInHalfOpen,
    boolean honourRetryAfter,
    int rampPerSecond,
    @Nullable RateLimit rateLimit) {
  /// What a breaker has that nobody configured.
  public static final BreakerConfig DEFAULT =
      new BreakerConfig(
          true,
          50,
          100,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          10,
          Duration.ofSeconds(30),
          2,
          Duration.ofMinutes(10),
          3,
          true,
          10,
          null);
}
