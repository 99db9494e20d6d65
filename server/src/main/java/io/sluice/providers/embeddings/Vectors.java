package io.sluice.providers.embeddings;

import java.util.List;

/// What every model here does with texts and vectors.
final class Vectors {

  private Vectors() {}

  static void requireMeaning(List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).isBlank()) {
        throw new IllegalArgumentException("text " + i + " is blank and cannot be embedded");
      }
    }
  }

  /// Scales `vector` in place to length 1.
  static float[] normalize(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw new IllegalStateException(
          "a vector without direction, or not finite, cannot be normalised");
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
  }
}
