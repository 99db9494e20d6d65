package io.sluice.documents.model;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Cuts blocks that are too long: tables between rows, code between lines, prose between sentences
/// and list items, and what is still too long between words or, at last, between code points.
final class BlockCutter {

  private final String text;
  private final Budget budget;
  private final int maxTokens;

  BlockCutter(Budget budget, int maxTokens) {
    this.text = budget.text();
    this.budget = budget;
    this.maxTokens = maxTokens;
  }

  List<Piece> cut(Piece block) {
    if (budget.fits(block.start(), block.end(), maxTokens)) {
      return List.of(block);
    }
    NavigableSet<Integer> boundaries =
        switch (block.kind()) {
          case HEADING, PROSE -> sentenceStarts(text, block.start(), block.end());
          case TABLE, FENCE -> lineStarts(text, block.start(), block.end());
        };
    String header = block.kind() == Piece.Kind.TABLE ? firstLine(block) : null;
    List<Piece> pieces = new ArrayList<>();
    int start = block.start();
    for (int boundary : boundaries) {
      add(block, start, boundary, header, pieces);
      start = boundary;
    }
    add(block, start, block.end(), header, pieces);
    return pieces;
  }

  private String firstLine(Piece block) {
    int end = text.indexOf('\n', block.start());
    return text.substring(block.start(), end < 0 || end > block.end() ? block.end() : end).strip();
  }

  private void add(Piece block, int from, int to, @Nullable String header, List<Piece> pieces) {
    int start = from;
    while (start < to && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    int end = to;
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    while (start < end) {
      int cut = budget.fits(start, end, maxTokens) ? end : hardCut(start, end);
      pieces.add(block.cut(start, cut, start == block.start() ? null : header));
      start = cut;
      while (start < end && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
    }
  }

  /// Where to end the longest piece from `start` that fits, at least one code point on. The count
  /// need not rise with the length, so that the search is a good guess and is checked.
  private int hardCut(int start, int end) {
    int fits = after(start);
    int tooLong = Math.min(end, start + budget.maxChars()) + 1;
    while (tooLong - fits > 1) {
      int middle = (fits + tooLong) >>> 1;
      if (budget.fits(start, middle, maxTokens)) {
        fits = middle;
      } else {
        tooLong = middle;
      }
    }
    int cut = atCodePoint(start, fits);
    int word = lastSpace(start, cut);
    if (word > start && budget.fits(start, word, maxTokens)) {
      return word;
    }
    while (cut > after(start) && !budget.fits(start, cut, maxTokens)) {
      cut = atCodePoint(start, start + (cut - start) / 2);
    }
    return cut;
  }

  private int after(int start) {
    return start + Character.charCount(text.codePointAt(start));
  }

  private int atCodePoint(int start, int cut) {
    boolean inside =
        cut < text.length()
            && Character.isLowSurrogate(text.charAt(cut))
            && Character.isHighSurrogate(text.charAt(cut - 1));
    return Math.max(inside ? cut - 1 : cut, after(start));
  }

  /// The end of the last whole word, if that leaves more than half; else -1.
  private int lastSpace(int start, int cut) {
    if (cut < text.length() && Character.isWhitespace(text.charAt(cut))) {
      return cut;
    }
    for (int i = cut - 1; i > start + (cut - start) / 2; i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  /// Where sentences and list items begin, `start` not included.
  static NavigableSet<Integer> sentenceStarts(String text, int start, int end) {
    NavigableSet<Integer> starts = new TreeSet<>();
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text.substring(start, end));
    for (int at = sentences.first(); at != BreakIterator.DONE; at = sentences.next()) {
      if (at > 0 && at < end - start) {
        starts.add(start + at);
      }
    }
    for (int line : lineStarts(text, start, end)) {
      if (startsItem(text, line, end)) {
        starts.add(line);
      }
    }
    return starts;
  }

  static NavigableSet<Integer> lineStarts(String text, int start, int end) {
    NavigableSet<Integer> starts = new TreeSet<>();
    for (int at = text.indexOf('\n', start);
        at >= 0 && at + 1 < end;
        at = text.indexOf('\n', at + 1)) {
      starts.add(at + 1);
    }
    return starts;
  }

  private static boolean startsItem(String text, int line, int end) {
    int at = line;
    while (at < end && text.charAt(at) == ' ') {
      at++;
    }
    int digits = at;
    while (digits < end && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    int sign = digits;
    boolean bullet = digits == at && sign < end && "-*+".indexOf(text.charAt(sign)) >= 0;
    boolean number = digits > at && sign < end && ".)".indexOf(text.charAt(sign)) >= 0;
    return (bullet || number) && sign + 1 < end && text.charAt(sign + 1) == ' ';
  }
}
