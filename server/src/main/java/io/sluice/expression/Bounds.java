package io.sluice.expression;

import java.time.Duration;

/// How much one expression may cost.
///
/// @param time how long one evaluation may take
/// @param depth how deep evaluations may be nested; a call of a function takes about four levels
/// @param size how large any value may become on the way, in characters of JSON, roughly
/// @param subject how long a text may be that a regular expression is applied to
/// @param source how long the source may be
public record Bounds(Duration time, int depth, int size, int subject, int source) {
  /// One second, about a hundred nested calls, 8 million characters.
  public static final Bounds DEFAULT =
      new Bounds(Duration.ofSeconds(1), 400, 8_000_000, 250_000, 50_000);

  /// Checks that all are positive.
  public Bounds {
    if (time.isNegative() || time.isZero() || depth < 1 || size < 1 || subject < 1 || source < 1) {
      throw new IllegalArgumentException("Every bound of an expression must be positive");
    }
  }
}
