package io.sluice.documents.model;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/// Decides how far back a chunk begins into the one before.
final class Overlap {

  private final Budget budget;
  private final ChunkSettings settings;

  Overlap(Budget budget, ChunkSettings settings) {
    this.budget = budget;
    this.settings = settings;
  }

  /// Where `next` begins, overlap included: at whole sentences, rows or lines where one fits, else
  /// at a word.
  int startOf(Group previous, Group next) {
    if (settings.overlapTokens() == 0 || !previous.continuedBy(next)) {
      return next.start();
    }
    int from = Math.max(previous.start() + 1, previous.end() - settings.overlapTokens() * 12);
    boolean prose = previous.pieces().getLast().kind() == Piece.Kind.PROSE;
    NavigableSet<Integer> boundaries =
        prose
            ? BlockCutter.sentenceStarts(budget.text(), from, previous.end())
            : BlockCutter.lineStarts(budget.text(), from, previous.end());
    int start = farthest(boundaries.descendingSet(), previous, next);
    return start == next.start() && prose
        ? farthest(wordStarts(from, previous.end()), previous, next)
        : start;
  }

  private int farthest(Iterable<Integer> backwards, Group previous, Group next) {
    int start = next.start();
    for (int candidate : backwards) {
      if (budget.tokens(candidate, previous.end()) > settings.overlapTokens()
          || !budget.fits(candidate, next.end(), settings.maxTokens())) {
        break;
      }
      start = candidate;
    }
    return start;
  }

  private Iterable<Integer> wordStarts(int from, int to) {
    String text = budget.text();
    List<Integer> starts = new ArrayList<>();
    for (int i = to - 1; i > from; i--) {
      if (Character.isWhitespace(text.charAt(i - 1)) && !Character.isWhitespace(text.charAt(i))) {
        starts.add(i);
      }
    }
    return starts;
  }
}
