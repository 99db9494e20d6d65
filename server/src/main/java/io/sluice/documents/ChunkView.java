package io.sluice.documents;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A chunk as it is shown.
///
/// @param start first character in the canonical text
/// @param end one past the last
/// @param vectorDim the dimension of its vector
public record ChunkView(
    UUID id,
    int ord,
    String text,
    int start,
    int end,
    @Nullable Integer firstPage,
    @Nullable Integer lastPage,
    List<String> headings,
    String sha,
    String embedModel,
    String embedVersion,
    int vectorDim) {}
