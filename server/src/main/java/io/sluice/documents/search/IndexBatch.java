package io.sluice.documents.search;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Changes that belong together. Deletions take effect before the upserts, so that a document can
/// be replaced in one batch.
///
/// @param cursor how far the truth is followed once this batch is in
public record IndexBatch(
    List<IndexedChunk> upserts,
    List<UUID> deletedChunks,
    List<UUID> deletedDocuments,
    String cursor) {

  public IndexBatch {
    upserts = List.copyOf(upserts);
    deletedChunks = List.copyOf(deletedChunks);
    deletedDocuments = List.copyOf(deletedDocuments);
  }

  public static IndexBatch of(Collection<IndexedChunk> upserts, String cursor) {
    return new IndexBatch(List.copyOf(upserts), List.of(), List.of(), cursor);
  }
}
