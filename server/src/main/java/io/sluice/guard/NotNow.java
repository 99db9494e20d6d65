package io.sluice.guard;

import io.sluice.engine.TransientFailure;
import java.time.Duration;
import java.time.Instant;

/// A call that was not made: nothing was sent, nothing is spent. The caller parks until [#until()].
///
/// Where it escapes from a handler instead, it is a transient failure that waits as long, and does
/// spend an attempt. A step without a retry policy of its own passes it on as it is, so that the
/// handler parks around the step; a step with one would count it as a failure.
public abstract sealed class NotNow extends TransientFailure {
  private final Instant until;

  private NotNow(String code, String message, Instant until, Duration left) {
    super(code, message, null, left);
    this.until = until;
  }

  /// When to try again, by PostgreSQL's clock.
  public Instant until() {
    return until;
  }

  /// What to park with, for people.
  public String reason() {
    return String.valueOf(getMessage());
  }

  /// How the reasons of all that wait behind a breaker begin.
  public static final String BEHIND = "circuit '";

  /// How the reasons of all that wait behind a service's breaker begin.
  public static String behind(String service) {
    return BEHIND + service + "' ";
  }

  /// The service's breaker is open, has no trial call left, or lets calls back in waves.
  public static final class CircuitOpen extends NotNow {
    private final String service;

    /// Says so.
    ///
    /// @param how what the breaker does, e.g. `is open`
    /// @param left from now to `until`
    public CircuitOpen(String service, String how, Instant until, Duration left) {
      super("CIRCUIT_OPEN", behind(service) + how, until, left);
      this.service = service;
    }

    /// The service.
    public String service() {
      return service;
    }
  }

  /// As many calls were made as the rate allows.
  public static final class RateLimited extends NotNow {
    private final String key;

    /// Says so.
    ///
    /// @param left from now to `until`
    public RateLimited(String key, Instant until, Duration left) {
      super("RATE_LIMITED", "rate limit '" + key + "' is used up", until, left);
      this.key = key;
    }

    /// The limit's key.
    public String key() {
      return key;
    }
  }
}
