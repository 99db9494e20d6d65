package io.sluice.documents.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Packs pieces into groups: as many as fit, never across a heading, and then small groups with
/// their neighbours.
final class Packer {

  private final Budget budget;
  private final ChunkSettings settings;

  Packer(Budget budget, ChunkSettings settings) {
    this.budget = budget;
    this.settings = settings;
  }

  List<Group> pack(List<Piece> pieces) {
    Deque<Piece> ahead = new ArrayDeque<>(pieces);
    List<Group> groups = new ArrayList<>();
    int section = -1;
    while (!ahead.isEmpty()) {
      // Only a group that goes on with a section gets an overlap, and has to leave room for it.
      boolean first = ahead.getFirst().section() != section;
      section = ahead.getFirst().section();
      groups.add(next(ahead, settings.maxTokens() - (first ? 0 : settings.overlapTokens())));
    }
    return merge(groups);
  }

  /// Adds up the pieces' own counts while packing, which costs one count a piece, and counts the
  /// whole once in the end: for some tokenizers the whole is more than its parts.
  private Group next(Deque<Piece> ahead, int maxTokens) {
    List<Piece> taken = new ArrayList<>();
    Piece first = ahead.removeFirst();
    taken.add(first);
    int tokens = budget.tokens(first.start(), first.end());
    while (!ahead.isEmpty() && ahead.getFirst().section() == first.section()) {
      Piece piece = ahead.getFirst();
      tokens += budget.tokens(piece.start(), piece.end());
      if (tokens > maxTokens || piece.end() - first.start() > budget.maxChars()) {
        break;
      }
      taken.add(ahead.removeFirst());
    }
    while (taken.size() > 1 && !budget.fits(first.start(), taken.getLast().end(), maxTokens)) {
      ahead.addFirst(taken.removeLast());
    }
    return new Group(taken, first.headings());
  }

  private List<Group> merge(List<Group> groups) {
    List<Group> merged = new ArrayList<>();
    for (Group next : groups) {
      Group last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && mergeable(last, next)) {
        merged.removeLast();
        merged.add(last.with(next));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  private boolean mergeable(Group last, Group next) {
    boolean wanted =
        last.headingsOnly()
            || small(last) && !next.headingsOnly()
            || small(next) && last.continuedBy(next);
    return wanted && last.near(next) && budget.fits(last.start(), next.end(), settings.maxTokens());
  }

  private boolean small(Group group) {
    return budget.tokens(group.start(), group.end()) < settings.minTokens();
  }
}
