package io.sluice.documents.search;

import java.util.UUID;

/// One chunk as the index takes it.
///
/// @param context title and headings; they are searched too, at a lower weight
/// @param vector of the generation's dimension, of any length but zero
public record IndexedChunk(
    UUID tenantId,
    UUID documentId,
    UUID chunkId,
    String text,
    String context,
    Place place,
    float[] vector) {}
