package io.sluice.testing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A test asset at its latest version.
///
/// @param type of a case; null for items and suites
/// @param priority of a case, 1 to 10, lower is more urgent; null for items and suites
/// @param languages of a case that are named in it, or of a suite
/// @param path of the file that it was imported from; null: it was not
/// @param deletedAt since when it is away; null: it is there
/// @param definition as plain JSON; null in lists
public record AssetView(
    UUID id,
    AssetKind kind,
    String name,
    @Nullable String description,
    @Nullable CaseType type,
    List<String> tags,
    @Nullable Integer priority,
    List<String> languages,
    int version,
    @Nullable String path,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt,
    @Nullable Object definition) {}
