package io.sluice.documents.search;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// @param score comparable within one search only
/// @param keywordRank from 1; null if the words did not find this chunk
/// @param vectorRank from 1; null if the vector did not
public record SearchHit(
    UUID documentId,
    UUID chunkId,
    double score,
    @Nullable Integer keywordRank,
    @Nullable Integer vectorRank,
    Place place,
    String text,
    Snippet snippet) {}
