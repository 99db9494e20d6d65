package io.sluice.validation;

/// Says how near two texts are in meaning. Which method is right depends on the language: a model
/// that has only learnt English is worse than counting characters elsewhere.
@FunctionalInterface
public interface Similarity {
  /// How near they are.
  ///
  /// @param language of both, a BCP 47 tag
  Score between(String language, String expected, String actual);

  /// A score and how it was found.
  ///
  /// @param value 0 (nothing in common) to 1 (the same)
  /// @param method e.g. `embedding:all-minilm-l6-v2-q`, `chrf`, `exact`
  record Score(double value, String method) {}

  /// Counting character n-grams: for every language, without a model.
  Similarity CHRF =
      (language, expected, actual) ->
          new Score(io.sluice.validation.model.Chrf.score(expected, actual), "chrf");
}
