package io.sluice.validation;

import org.jspecify.annotations.Nullable;

/// Somebody who is asked for an opinion: a language model, for instance.
@FunctionalInterface
public interface Judge {
  /// Judges an observation by a rubric.
  Opinion judge(Expectation expectation, Observation observation, @Nullable String rubric);

  /// An opinion.
  ///
  /// @param score 0 (wrong) to 1 (right)
  /// @param by who gave it, e.g. `judge:gpt-x`
  /// @param reason in a sentence
  record Opinion(double score, String by, String reason) {}
}
