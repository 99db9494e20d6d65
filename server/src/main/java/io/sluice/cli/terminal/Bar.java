package io.sluice.cli.terminal;

/// A bar of eighths of a character.
public final class Bar {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private Bar() {}

  /// Draws it.
  ///
  /// @param share 0 to 1; what is outside is taken as the nearer end
  public static String of(double share, int columns) {
    int eighths = (int) Math.round(Math.clamp(share, 0, 1) * columns * 8);
    var full = "█".repeat(eighths / 8);
    var part = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return full + part + "·".repeat(columns - full.length() - part.length());
  }
}
