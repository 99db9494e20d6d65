package io.sluice.documents.search;

import java.util.List;

/// The part of a chunk that tells best why it was found.
///
/// @param start where it begins in the chunk's text
/// @param highlights the query's words in `text`, in order
public record Snippet(String text, int start, List<Highlight> highlights) {

  public Snippet {
    highlights = List.copyOf(highlights);
  }

  /// Characters `[start, end)` of the snippet.
  public record Highlight(int start, int end) {}
}
