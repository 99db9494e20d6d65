package io.sluice.sources;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Guesses what was meant.
public final class Nearest {
  /// Nobody mistypes a longer one, and comparing takes the product of both lengths.
  private static final int LONGEST = 64;

  private Nearest() {}

  /// ` Did you mean 'x'?`, or nothing if no word is near.
  public static String hint(String written, Collection<String> known) {
    return known.stream()
        .filter(
            k -> distance(written, k) <= Math.max(1, Math.min(written.length(), k.length()) / 3))
        .min(Comparator.comparingInt((String k) -> distance(written, k)).thenComparing(k -> k))
        .map(k -> " Did you mean '" + k + "'?")
        .orElse("");
  }

  private static int most(String written, String known) {
    return Math.max(1, Math.min(written.length(), known.length()) / 3);
  }

  /// How many letters must be changed, added, left out or swapped with their neighbour.
  private static int distance(String left, String right) {
    var a = left.toLowerCase(Locale.ROOT);
    var b = right.toLowerCase(Locale.ROOT);
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int changed = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(changed, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1 && j > 1 && swapped(a.substring(i - 2, i), b.substring(j - 2, j))) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  private static boolean swapped(String two, String others) {
    return two.charAt(0) == others.charAt(1) && two.charAt(1) == others.charAt(0);
  }
}
