package io.sluice.validation;

import java.math.BigDecimal;
import java.util.List;

/// How much each part counts. They need not add up to one: only their relation matters.
///
/// @param judge of an optional judge, zero unless somebody asks for one
public record Weights(
    BigDecimal intent, BigDecimal entities, BigDecimal semantic, BigDecimal judge) {
  /// 0.4 intent, 0.3 entities, 0.3 semantic, no judge.
  public static final Weights DEFAULT =
      new Weights(
          new BigDecimal("0.4"), new BigDecimal("0.3"), new BigDecimal("0.3"), BigDecimal.ZERO);

  /// Checks the numbers.
  public Weights {
    var all = List.of(intent, entities, semantic, judge);
    if (all.stream().anyMatch(w -> w.signum() < 0) || all.stream().allMatch(w -> w.signum() == 0)) {
      throw new IllegalArgumentException(
          "weights must be zero or more, and one of them above zero: " + all);
    }
  }
}
