package io.sluice.testing.model;

import io.sluice.validation.Thresholds;
import io.sluice.validation.Weights;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How something is judged and repeated. What is null is left to whoever is asked next.
///
/// @param timeout how long one attempt at one cell may take
public record Tuning(
    @Nullable Weights weights,
    @Nullable Thresholds thresholds,
    @Nullable Duration timeout,
    @Nullable Retries retries) {
  /// Says nothing.
  public static final Tuning NONE = new Tuning(null, null, null, null);

  /// This one, and where it says nothing, another one.
  public Tuning over(Tuning other) {
    return new Tuning(
        weights != null ? weights : other.weights,
        thresholds != null ? thresholds : other.thresholds,
        timeout != null ? timeout : other.timeout,
        retries != null ? retries : other.retries);
  }
}
