package io.sluice.providers.judging;

import io.sluice.providers.EmbeddingModel;
import io.sluice.validation.Similarity;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The cosine of two embeddings for the languages that the model has learnt, chrF for all others,
/// where counting characters is nearer to what people say.
public final class LanguageSimilarity implements Similarity {
  private final EmbeddingModel model;
  private final Set<String> learnt;

  /// @param learnt primary languages, e.g. `en`
  public LanguageSimilarity(EmbeddingModel model, Set<String> learnt) {
    this.model = model;
    this.learnt = Set.copyOf(learnt);
  }

  @Override
  public Score between(String language, String expected, String actual) {
    if (expected.strip().equals(actual.strip())) {
      return new Score(1, "exact");
    }
    var primary = language.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    if (!learnt.contains(primary) || expected.isBlank() || actual.isBlank()) {
      return Similarity.CHRF.between(language, expected, actual);
    }
    var vectors = model.embed(List.of(expected, actual));
    return new Score(
        cosine(vectors.getFirst(), vectors.getLast()),
        "embedding:" + model.name() + "/" + model.version());
  }

  /// Of unit vectors; what points away has nothing in common.
  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return Math.clamp(sum, 0, 1);
  }
}
