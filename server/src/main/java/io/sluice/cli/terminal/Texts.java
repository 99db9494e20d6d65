package io.sluice.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/// Small things as people read them.
public final class Texts {
  private static final long KIB = 1024;

  private Texts() {}

  /// Without control characters, so that a name can not write to the terminal. Line breaks and tabs
  /// become spaces; marks that turn the writing direction go too.
  public static String harmless(String text) {
    var result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || c == '\r' || c == '\t') {
            result.append(' ');
          } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            result.append('·');
          } else {
            result.appendCodePoint(c);
          }
        });
    return result.toString();
  }

  /// Cut to a width, with an ellipsis for what is gone.
  public static String fit(String text, int columns) {
    if (text.codePointCount(0, text.length()) <= columns) {
      return text;
    }
    return columns < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, columns - 1)) + "…";
  }

  /// Filled with spaces to a width.
  public static String pad(String text, int columns) {
    int missing = columns - text.codePointCount(0, text.length());
    return missing <= 0 ? text : text + " ".repeat(missing);
  }

  /// `13 B`, `1.5 KiB`, `20 MiB`.
  public static String bytes(long count) {
    if (count < KIB) {
      return count + " B";
    }
    double value = count;
    int unit = -1;
    do {
      value /= KIB;
      unit++;
    } while (value >= KIB && unit < 3);
    return String.format(
        Locale.ROOT, value < 10 ? "%.1f %siB" : "%.0f %siB", value, "KMGT".charAt(unit));
  }

  /// `0.4 s`, `12 s`, `3 min 20 s`.
  public static String span(Duration time) {
    long seconds = time.toSeconds();
    if (seconds >= 60) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds >= 10
        ? seconds + " s"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  /// An RFC 3339 instant to the millisecond, with a space in the middle; what is none stays as it
  /// is.
  public static String time(String instant) {
    int middle = instant.indexOf('T');
    if (middle != 10 || !instant.endsWith("Z")) {
      return instant;
    }
    int point = instant.indexOf('.');
    var whole =
        point < 0 ? instant.substring(0, instant.length() - 1) : instant.substring(0, point);
    var parts = point < 0 ? "" : instant.substring(point + 1, instant.length() - 1);
    return whole.replace('T', ' ') + "." + (parts + "000").substring(0, 3) + "Z";
  }

  /// `1 file`, `2 files`.
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
