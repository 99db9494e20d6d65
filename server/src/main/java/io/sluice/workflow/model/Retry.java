package io.sluice.workflow.model;

import io.sluice.expression.Expression;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is tried again, when, and how often.
///
/// @param maxAttempts how often it is tried in all, the first time included
/// @param initialDelay before the second attempt
/// @param maxDelay no delay is longer
/// @param jitter true: each delay is drawn between nothing and its full length
/// @param when over the failed attempt; null: as `on` says
/// @param on codes of errors that are tried again; empty: all that may pass, see the step types
public record Retry(
    Strategy strategy,
    int maxAttempts,
    Duration initialDelay,
    Duration maxDelay,
    boolean jitter,
    @Nullable Expression when,
    List<String> on) {

  /// How the delay grows.
  public enum Strategy {
    /// Doubles each time.
    EXPONENTIAL,
    /// Grows by the initial delay each time.
    LINEAR,
    /// Stays.
    FIXED,
    /// There is no second attempt.
    NONE
  }
}
