package io.sluice.documents.model;

/// @param maxTokens of a chunk's text; together with `maxContextTokens` it has to stay within the
///   model's window
/// @param overlapTokens how much of the chunk before may be repeated
/// @param minTokens a chunk below this is merged with what follows, if that belongs to the same
///   part of the document
/// @param maxContextTokens of title and headings, which are embedded on top
public record ChunkSettings(int maxTokens, int overlapTokens, int minTokens, int maxContextTokens) {

  public ChunkSettings {
    if (maxTokens < 16
        || overlapTokens < 0
        || overlapTokens > maxTokens / 2
        || minTokens > maxTokens
        || maxContextTokens < 0) {
      throw new IllegalArgumentException(
          "chunks need at least 16 tokens, and an overlap of at most half of them: max %d, overlap %d, min %d"
              .formatted(maxTokens, overlapTokens, minTokens));
    }
  }

  /// For the built-in model with its window of 256.
  public static ChunkSettings defaults() {
    return new ChunkSettings(200, 30, 40, 48);
  }

  /// A run of letters without end may cost a single unknown token. It is cut by length then.
  int maxChars() {
    return maxTokens * 12;
  }
}
