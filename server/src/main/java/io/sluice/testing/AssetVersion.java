package io.sluice.testing;

import io.sluice.sources.Change;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A version of a test asset.
///
/// @param id of this version
/// @param sha256 of its canonical definition: equal for equal definitions
/// @param format of its source
/// @param source as it was given; null in lists
/// @param definition as plain JSON; null in lists
public record AssetVersion(
    UUID id,
    int version,
    String sha256,
    String format,
    Instant createdAt,
    String createdBy,
    @Nullable String source,
    @Nullable Object definition) {
  /// All differences between two versions.
  public record Diff(int from, int to, List<Change> changes) {}
}
