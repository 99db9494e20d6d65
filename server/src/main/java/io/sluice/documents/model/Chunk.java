package io.sluice.documents.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param ord from 0, in the order of the text
/// @param start first character in the canonical text
/// @param end one past the last
/// @param context title and headings, embedded with the text; may be empty
/// @param firstPage null if the document has no pages
/// @param tokenCount of `text` alone
/// @param chunkSha SHA-256, in hex, of [#embedded]: equal hashes may share a vector
public record Chunk(
    int ord,
    int start,
    int end,
    String text,
    List<String> headings,
    String context,
    @Nullable Integer firstPage,
    @Nullable Integer lastPage,
    int tokenCount,
    String chunkSha) {

  public Chunk {
    headings = List.copyOf(headings);
  }

  /// What the embedding model is given.
  public String embedded() {
    return embedded(context, text);
  }

  /// What the embedding model is given for a text in its context.
  public static String embedded(String context, String text) {
    return context.isEmpty() ? text : context + "\n\n" + text;
  }
}
