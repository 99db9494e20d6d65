package io.sluice.documents.model;

import io.sluice.providers.PageSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A document as the chunker takes it.
///
/// @param text canonical Markdown
/// @param pages in order; empty if the document has none
public record ChunkSource(String text, List<PageSpan> pages, @Nullable String title) {
  public ChunkSource {
    pages = List.copyOf(pages);
  }
}
