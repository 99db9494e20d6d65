package io.sluice.providers.judging;

import io.sluice.providers.EmbeddingModel;
import io.sluice.validation.Similarity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The cosine of two embeddings for the languages that the model has learnt, chrF for all others,
/// where counting characters is nearer to what people say.
public final class LanguageSimilarity implements Similarity {
  private final EmbeddingModel model;

  /// So many vectors of what was expected; two or three megabytes.
  private static final int KEPT = 1_000;

  private final Set<String> learnt;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, float[]> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
          return size() > KEPT;
        }
      };

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
    var vectors = vectors(expected, actual);
    return new Score(
        cosine(vectors.getFirst(), vectors.getLast()),
        "embedding:" + model.name() + "/" + model.version());
  }

  /// What a case expects is expected in every row and every run: its vector is kept.
  private List<float[]> vectors(String expected, String actual) {
    var before = kept(expected);
    if (before != null) {
      return List.of(before, model.embed(List.of(actual)).getFirst());
    }
    var both = model.embed(List.of(expected, actual));
    lock.lock();
    try {
      kept.put(expected, both.getFirst());
    } finally {
      lock.unlock();
    }
    return both;
  }

  private float @Nullable [] kept(String expected) {
    lock.lock();
    try {
      return kept.get(expected);
    } finally {
      lock.unlock();
    }
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
