package io.sluice.documents.model;

/// Counts as the embedding model counts that will see the chunk.
@FunctionalInterface
public interface TokenCounter {
  int count(String text);
}
