package io.sluice.validation;

import io.sluice.validation.ValidationResult.Check;
import io.sluice.validation.ValidationResult.Gate;
import io.sluice.validation.model.CheckRules;
import io.sluice.validation.model.Confidence;
import io.sluice.validation.model.EntityRule;
import io.sluice.validation.model.IntentRule;
import io.sluice.validation.model.ReplyRule;
import io.sluice.validation.model.Scored;
import io.sluice.validation.model.WordErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds observations against expectations. Thread-safe.
public final class Validator {
  private final Similarity similarity;
  private final @Nullable Judge judge;

  /// @param judge null: nobody is asked
  public Validator(Similarity similarity, @Nullable Judge judge) {
    this.similarity = similarity;
    this.judge = judge;
  }

  /// How an observation is judged.
  ///
  /// @param weights of the parts
  /// @param thresholds of the bands
  public record Rules(Weights weights, Thresholds thresholds) {
    /// The usual ones.
    public static final Rules DEFAULT = new Rules(Weights.DEFAULT, Thresholds.DEFAULT);
  }

  /// Validates.
  ///
  /// @throws IllegalArgumentException if nothing is expected, or a pattern is malformed
  public ValidationResult validate(Expectation expectation, Observation observation, Rules rules) {
    if (expectation.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is expected: an expectation needs an intent, entities, a reply or a check");
    }
    var scored = new ArrayList<Scored>();
    var gates = new ArrayList<Gate>();
    var language = expectation.language();
    if (expectation.intent() != null) {
      IntentRule.apply(expectation.intent(), observation.intent(), scored, gates);
    }
    if (!expectation.entities().isEmpty()) {
      new EntityRule(language, expectation.optional())
          .apply(expectation.entities(), observation.entities(), scored, gates);
    }
    if (!expectation.replies().isEmpty()) {
      new ReplyRule(language, similarity)
          .apply(expectation.replies(), observation.reply(), scored, gates);
    }
    if (judge != null && rules.weights().judge().signum() > 0) {
      var opinion = judge.judge(expectation, observation, expectation.checks().rubric());
      scored.add(new Scored("judge", opinion.score(), opinion.by(), opinion.reason()));
    }
    return conclude(expectation, observation, rules, scored, gates);
  }

  private static ValidationResult conclude(
      Expectation expectation,
      Observation observation,
      Rules rules,
      List<Scored> scored,
      List<Gate> gates) {
    var errors =
        expectation.utterance() == null || observation.transcript() == null
            ? null
            : WordErrors.rate(
                expectation.language(), expectation.utterance(), observation.transcript());
    List<Check> checks = CheckRules.apply(expectation.checks(), observation, errors);
    checks.stream()
        .filter(check -> !check.holds())
        .forEach(check -> gates.add(new Gate(check.name(), check.reason())));
    return Confidence.of(scored, checks, gates, rules, errors);
  }
}
