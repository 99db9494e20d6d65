package io.sluice.validation.model;

import java.util.HashMap;
import java.util.Map;

/// chrF (Popović 2015, "chrF: character n-gram F-score for automatic MT evaluation"): n-grams of up
/// to six characters without white space, β = 2, averaged over the orders that both texts have.
public final class Chrf {
  private static final int ORDER = 6;
  private static final double BETA_SQUARED = 4;

  private Chrf() {}

  /// The score, 0 to 1.
  public static double score(String expected, String actual) {
    int[] reference = Texts.plain(expected).codePoints().filter(c -> c != ' ').toArray();
    int[] hypothesis = Texts.plain(actual).codePoints().filter(c -> c != ' ').toArray();
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int n = 1; n <= Math.min(ORDER, Math.min(reference.length, hypothesis.length)); n++) {
      int common = common(grams(reference, n), grams(hypothesis, n));
      precision += (double) common / (hypothesis.length - n + 1);
      recall += (double) common / (reference.length - n + 1);
      orders++;
    }
    if (orders == 0 || precision + recall == 0) {
      return reference.length == 0 && hypothesis.length == 0 ? 1 : 0;
    }
    precision /= orders;
    recall /= orders;
    return (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
  }

  private static Map<String, Integer> grams(int[] text, int n) {
    var out = new HashMap<String, Integer>();
    for (int i = 0; i + n <= text.length; i++) {
      out.merge(new String(text, i, n), 1, Integer::sum);
    }
    return out;
  }

  private static int common(Map<String, Integer> a, Map<String, Integer> b) {
    return a.entrySet().stream()
        .mapToInt(e -> Math.min(e.getValue(), b.getOrDefault(e.getKey(), 0)))
        .sum();
  }
}
