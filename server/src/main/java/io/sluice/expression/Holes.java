package io.sluice.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Finds where a `${` ends: at the brace that closes it, which is none inside a text, a quoted
/// name, a comment or a regular expression.
final class Holes {
  static final String OPEN = "${";

  private final String text;
  private final Deque<Character> open = new ArrayDeque<>();

  /// Whether a value may begin here, so that a slash begins a regular expression.
  private boolean operand = true;

  private Holes(String text) {
    this.text = text;
  }

  /// The source inside `${ … }`, when that is all of the text; else the text.
  static String strip(String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith(OPEN) && end(trimmed, 2) == trimmed.length() - 1) {
      return trimmed.substring(2, trimmed.length() - 1).strip();
    }
    return trimmed;
  }

  /// Where the closing brace is, or -1.
  ///
  /// @param from what follows the `${`
  static int end(String text, int from) {
    return new Holes(text).close(from);
  }

  private int close(int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '}' && open.isEmpty()) {
        return at;
      }
      int next = step(at, c);
      if (next < 0) {
        return -1;
      }
      at = next;
    }
    return -1;
  }

  /// What follows the token at this place, or -1 when it has no end.
  private int step(int at, char c) {
    if (Character.isWhitespace(c)) {
      return at + 1;
    }
    if (c == '"' || c == '\'') {
      return afterValue(quoted(at, c));
    }
    if (c == '`') {
      return afterValue(text.indexOf('`', at + 1) + 1);
    }
    if (c == '/' && text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? -1 : end + 2;
    }
    if (c == '/' && operand) {
      return afterValue(regex(at));
    }
    return bracket(c) ? at + 1 : -1;
  }

  private int afterValue(int next) {
    operand = false;
    return next <= 0 ? -1 : next;
  }

  /// False when a bracket is closed that is not open.
  private boolean bracket(char c) {
    Character closes = closing(c);
    if (closes != null) {
      open.push(closes);
      operand = true;
      return true;
    }
    if (c == ')' || c == ']' || c == '}') {
      operand = false;
      return !open.isEmpty() && open.pop() == c;
    }
    operand = "+-*/%&|=!<>~^?:;,.@#".indexOf(c) >= 0;
    return true;
  }

  private static @Nullable Character closing(char c) {
    return switch (c) {
      case '(' -> ')';
      case '[' -> ']';
      case '{' -> '}';
      default -> null;
    };
  }

  private int quoted(int at, char quote) {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    return -1;
  }

  /// A slash inside brackets of the expression does not end it, as the language has it.
  private int regex(int at) {
    int depth = 0;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '/' && depth == 0) {
        return i + 1;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      }
    }
    return -1;
  }
}
