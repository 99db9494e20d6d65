package io.sluice.bench.report;

import java.util.Locale;

/// Numbers as a reader wants them: three digits that mean something, thousands apart.
final class Numbers {
  private Numbers() {}

  static String text(double value) {
    var size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e6) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= 10) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    return String.format(Locale.ROOT, size >= 0.1 ? "%.2f" : "%.4f", value);
  }

  /// For machines: enough digits, no more than the measurement has.
  static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
