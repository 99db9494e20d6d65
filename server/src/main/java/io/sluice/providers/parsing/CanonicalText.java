package io.sluice.providers.parsing;

/// Canonical text under construction: cleans what is appended and refuses to grow beyond its limit.
///
/// Line ends become `\n`. Control characters, byte order marks and lone surrogates go: PostgreSQL
/// refuses NUL and invalid UTF-8, and nobody can see the rest.
final class CanonicalText {

  /// Thrown by [#append] instead of growing beyond the limit. Unchecked, so that it passes through
  /// parsers.
  static final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitReached(int maxChars) {
      super("more than " + maxChars + " characters of text", null, false, false);
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final int maxChars;
  private char pendingHigh;
  private boolean lastWasReturn;

  CanonicalText(int maxChars) {
    this.maxChars = maxChars;
  }

  CanonicalText append(CharSequence piece) {
    for (int i = 0; i < piece.length(); i++) {
      append(piece.charAt(i));
    }
    if (text.length() > maxChars) {
      throw new LimitReached(maxChars);
    }
    return this;
  }

  private void append(char c) {
    boolean afterReturn = lastWasReturn;
    lastWasReturn = c == '\r';
    if (Character.isLowSurrogate(c)) {
      if (pendingHigh != 0) {
        text.append(pendingHigh).append(c);
      }
      pendingHigh = 0;
      return;
    }
    pendingHigh = Character.isHighSurrogate(c) ? c : 0;
    if (c == '\r' || c == '\f' || c == '\u2028' || c == '\u2029' || c == '\u0085') {
      text.append('\n');
    } else if (c == '\n') {
      if (!afterReturn) {
        text.append('\n');
      }
    } else if (pendingHigh == 0 && visible(c)) {
      text.append(c);
    }
  }

  private static boolean visible(char c) {
    return c == '\t'
        || !(Character.isISOControl(c) || c == '\uFEFF' || c == '\uFFFE' || c == '\uFFFF');
  }

  int length() {
    return text.length();
  }

  boolean isBlank() {
    return text.chars().allMatch(Character::isWhitespace);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /// One line of cleaned text of at most `maxChars`, for titles, names and messages.
  static String label(String raw, int maxChars) {
    String clean = new CanonicalText(Integer.MAX_VALUE).append(raw).toString();
    String line = clean.replaceAll("\\s+", " ").strip();
    if (line.length() <= maxChars) {
      return line;
    }
    int cut = Character.isHighSurrogate(line.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
    return line.substring(0, cut);
  }
}
