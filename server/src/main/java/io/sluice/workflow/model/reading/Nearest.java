package io.sluice.workflow.model.reading;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Guesses what was meant.
final class Nearest {
  private Nearest() {}

  /// ` Did you mean 'x'?`, or nothing if no word is near.
  static String hint(String written, Collection<String> known) {
    return known.stream()
        .filter(
            k -> distance(written, k) <= Math.max(1, Math.min(written.length(), k.length()) / 3))
        .min(Comparator.comparingInt((String k) -> distance(written, k)).thenComparing(k -> k))
        .map(k -> " Did you mean '" + k + "'?")
        .orElse("");
  }

  /// How many letters must be changed, added, left out or swapped with their neighbour.
  private static int distance(String left, String right) {
    var a = left.toLowerCase(Locale.ROOT);
    var b = right.toLowerCase(Locale.ROOT);
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  @SuppressWarnings("checkstyle:ParameterNumber")
  private static int step(int[][] d, String a, String b, int i, int j) {
    int changed = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(changed, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
