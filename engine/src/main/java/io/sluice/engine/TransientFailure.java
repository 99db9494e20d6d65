package io.sluice.engine;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A failure that a later attempt may not have: it spends an attempt and waits for the backoff.
public class TransientFailure extends RuntimeException {
  private final String code;
  private final @Nullable Duration retryAfter;

  /// A transient failure with the policy's own delay.
  ///
  /// @param code stable, for programs, e.g. `service_timeout`
  /// @param message what failed, for people; no secrets
  public TransientFailure(String code, String message) {
    this(code, message, null, null);
  }

  /// A transient failure.
  ///
  /// @param cause for the log; may be null
  /// @param retryAfter the least time to wait, as a server asked for; null: the policy decides
  public TransientFailure(
      String code, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /// The stable code.
  public String code() {
    return code;
  }

  /// The least time to wait before the next attempt, where the other side asked for one.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
