package io.sluice.documents.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a chunk stands in its document: characters `[start, end)` of the canonical text, pages,
/// headings.
public record Place(
    int start,
    int end,
    @Nullable Integer firstPage,
    @Nullable Integer lastPage,
    List<String> headings) {
  public Place {
    headings = List.copyOf(headings);
  }
}
