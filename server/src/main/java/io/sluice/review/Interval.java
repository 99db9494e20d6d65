package io.sluice.review;

/// A share with its 95 % confidence interval (Wilson 1927, "Probable inference, the law of
/// succession, and statistical inference").
///
/// @param count how many of `of`
/// @param share 0 to 1; zero of none
public record Interval(long count, long of, double share, double low, double high) {
  private static final double Z = 1.959964;

  /// The interval of a count.
  public static Interval of(long count, long of) {
    if (of == 0) {
      return new Interval(0, 0, 0, 0, 1);
    }
    double p = (double) count / of;
    double z2 = Z * Z;
    double centre = (p + z2 / (2 * of)) / (1 + z2 / of);
    double half = Z / (1 + z2 / of) * Math.sqrt(p * (1 - p) / of + z2 / (4.0 * of * of));
    return new Interval(count, of, p, Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
