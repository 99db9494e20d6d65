package io.sluice.review;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far two reviewers agree beyond chance: Cohen's kappa (Cohen 1960, "A coefficient of
/// agreement for nominal scales").
///
/// @param items that both have decided
/// @param observed the share on which they agree, 0 to 1
/// @param kappa (observed − expected) / (1 − expected); null where chance alone would agree always
public record Agreement(int items, double observed, @Nullable Double kappa) {
  /// What two reviewers said of one item.
  public record Pair(Verdict one, Verdict other) {}

  /// Over all items that both have decided.
  public static Agreement of(List<Pair> pairs) {
    int n = pairs.size();
    if (n == 0) {
      return new Agreement(0, 0, null);
    }
    double observed = (double) pairs.stream().filter(p -> p.one() == p.other()).count() / n;
    double expected = 0;
    for (var verdict : Verdict.values()) {
      double one = (double) pairs.stream().filter(p -> p.one() == verdict).count() / n;
      double other = (double) pairs.stream().filter(p -> p.other() == verdict).count() / n;
      expected += one * other;
    }
    return new Agreement(
        n, observed, expected >= 1 - 1e-12 ? null : (observed - expected) / (1 - expected));
  }
}
