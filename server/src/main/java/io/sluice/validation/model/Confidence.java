package io.sluice.validation.model;

import io.sluice.validation.ValidationResult;
import io.sluice.validation.ValidationResult.Check;
import io.sluice.validation.ValidationResult.Gate;
import io.sluice.validation.ValidationResult.Part;
import io.sluice.validation.Validator.Rules;
import io.sluice.validation.Weights;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The weighted mean of what was scored, capped where a gate is closed. In decimals, so that a mean
/// of exactly 0.75 is 0.75.
public final class Confidence {
  private static final int DECIMALS = 4;

  /// The cap lies so much below `auto_pass`.
  private static final BigDecimal BELOW = new BigDecimal("0.0001");

  private Confidence() {}

  /// Concludes.
  ///
  /// @param wordErrorRate for the record; null if it is not known
  public static ValidationResult of(
      List<Scored> scored,
      List<Check> checks,
      List<Gate> gates,
      Rules rules,
      @Nullable Double wordErrorRate) {
    var total =
        scored.stream()
            .map(s -> weight(rules.weights(), s.name()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    var parts =
        scored.stream()
            .filter(s -> total.signum() > 0)
            .map(s -> part(s, weight(rules.weights(), s.name()), total))
            .toList();
    var mean = total.signum() > 0 ? mean(scored, rules.weights(), total) : share(checks);
    var cap = rules.thresholds().autoPass().subtract(BELOW).max(BigDecimal.ZERO);
    var confidence = gates.isEmpty() ? mean : mean.min(cap);
    return new ValidationResult(
        confidence,
        mean,
        rules.thresholds().statusOf(confidence),
        parts,
        checks,
        gates,
        wordErrorRate);
  }

  private static BigDecimal mean(List<Scored> scored, Weights weights, BigDecimal total) {
    return scored.stream()
        .map(s -> decimal(s.score()).multiply(weight(weights, s.name())))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(total, DECIMALS, RoundingMode.FLOOR);
  }

  /// Where nothing is scored, the checks speak alone.
  private static BigDecimal share(List<Check> checks) {
    long holding = checks.stream().filter(Check::holds).count();
    return checks.isEmpty()
        ? BigDecimal.ZERO.setScale(DECIMALS)
        : BigDecimal.valueOf(holding)
            .divide(BigDecimal.valueOf(checks.size()), DECIMALS, RoundingMode.FLOOR);
  }

  private static Part part(Scored scored, BigDecimal weight, BigDecimal total) {
    return new Part(
        scored.name(),
        decimal(scored.score()).setScale(DECIMALS, RoundingMode.FLOOR).stripTrailingZeros(),
        weight.divide(total, MathContext.DECIMAL32).stripTrailingZeros(),
        scored.method(),
        scored.reason());
  }

  /// A score is what it is written as: 0.1 is a tenth, and 0.85 not a little less.
  private static BigDecimal decimal(double score) {
    return BigDecimal.valueOf(Math.clamp(score, 0, 1));
  }

  private static BigDecimal weight(Weights weights, String part) {
    return switch (part) {
      case "intent" -> weights.intent();
      case "entity" -> weights.entities();
      case "semantic" -> weights.semantic();
      case "judge" -> weights.judge();
      default -> throw new IllegalArgumentException("no weight for part " + part);
    };
  }
}
