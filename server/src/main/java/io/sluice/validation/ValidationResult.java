package io.sluice.validation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A confidence, what it means, and why.
///
/// @param confidence 0 to 1, four decimals, rounded down: never shown as more than it is
/// @param mean the weighted mean before gates
/// @param parts what was scored
/// @param checks what was checked
/// @param gates what caps the confidence
/// @param wordErrorRate of the transcript; null without an utterance or a transcript
public record ValidationResult(
    BigDecimal confidence,
    BigDecimal mean,
    ReviewStatus status,
    List<Part> parts,
    List<Check> checks,
    List<Gate> gates,
    @Nullable Double wordErrorRate) {
  /// Copies the lists.
  public ValidationResult {
    parts = List.copyOf(parts);
    checks = List.copyOf(checks);
    gates = List.copyOf(gates);
  }

  /// Whether nobody has to look.
  public boolean passed() {
    return status == ReviewStatus.AUTO_PASS;
  }

  /// The score of a part, if it was asked.
  public Optional<BigDecimal> score(String part) {
    return parts.stream().filter(p -> p.name().equals(part)).map(Part::score).findFirst();
  }

  /// Something that was scored.
  ///
  /// @param name `intent`, `entity`, `semantic` or `judge`
  /// @param score 0 to 1
  /// @param weight its share of the mean after those that were not asked are left out
  /// @param method how it was found
  /// @param reason in a sentence
  public record Part(
      String name, BigDecimal score, BigDecimal weight, String method, String reason) {}

  /// Something that was checked.
  ///
  /// @param name e.g. `forbidden_phrase`
  /// @param reason in a sentence
  public record Check(String name, boolean holds, String reason) {}

  /// What keeps the confidence below `auto_pass`.
  ///
  /// @param name e.g. `intent`, `entity:room`, `number`, `negation`, `latency`
  /// @param reason in a sentence
  public record Gate(String name, String reason) {}
}
