package io.sluice.documents;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A place that answers a search.
///
/// @param score fused from both ranks; comparable within one answer
/// @param keywordRank from 1; null if the words did not find it
/// @param vectorRank from 1; null if the meaning did not
/// @param snippet the part of the chunk that says why
/// @param highlights `[start, end)` of words in the snippet
public record Hit(
    UUID documentId,
    String documentName,
    UUID chunkId,
    double score,
    @Nullable Integer keywordRank,
    @Nullable Integer vectorRank,
    int start,
    int end,
    @Nullable Integer firstPage,
    @Nullable Integer lastPage,
    List<String> headings,
    String text,
    String snippet,
    List<int[]> highlights) {
  /// Where it stands, in words: page or headings.
  public String place() {
    var where = String.join(" › ", headings);
    if (firstPage != null) {
      return "page " + firstPage + (where.isEmpty() ? "" : ", " + where);
    }
    return where.isEmpty() ? "characters " + start + "–" + end : where;
  }
}
