package io.sluice.documents.model;

import java.util.ArrayList;
import java.util.List;

/// The pieces of one chunk, in order, before overlap.
record Group(List<Piece> pieces, List<String> headings) {

  int start() {
    return pieces.getFirst().start();
  }

  int end() {
    return pieces.getLast().end();
  }

  boolean headingsOnly() {
    return pieces.stream().allMatch(piece -> piece.kind() == Piece.Kind.HEADING);
  }

  /// Whether `next` goes on with the section that this group ends in.
  boolean continuedBy(Group next) {
    return pieces.getLast().section() == next.pieces.getFirst().section();
  }

  /// Parent and child, or children of one parent.
  boolean near(Group next) {
    return commonHeadings(next) >= Math.max(headings.size(), next.headings.size()) - 1;
  }

  Group with(Group next) {
    List<Piece> all = new ArrayList<>(pieces);
    all.addAll(next.pieces);
    boolean headingOverBody = headingsOnly() && commonHeadings(next) == headings.size();
    // A heading alone lends nothing to the path that the text below does not have.
    return new Group(
        all, headingOverBody ? next.headings : headings.subList(0, commonHeadings(next)));
  }

  private int commonHeadings(Group other) {
    int common = 0;
    while (common < Math.min(headings.size(), other.headings.size())
        && headings.get(common).equals(other.headings.get(common))) {
      common++;
    }
    return common;
  }
}
