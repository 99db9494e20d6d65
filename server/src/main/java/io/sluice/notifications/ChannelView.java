package io.sluice.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A channel as its owner sees it.
///
/// @param address what may be a credential shows as `***`
/// @param suiteId only runs of this one; null: of all
/// @param raised thresholds that are crossed now
/// @param version rises with each change; the ETag
public record ChannelView(
    UUID id,
    String name,
    ChannelType type,
    Address address,
    List<Occasion> on,
    @Nullable UUID suiteId,
    List<String> languages,
    @Nullable Integer queueDepth,
    @Nullable Duration queueAge,
    boolean enabled,
    List<Raised> raised,
    int version,
    Instant createdAt,
    Instant updatedAt) {
  /// A threshold that is crossed.
  public record Raised(Occasion occasion, Instant since) {}
}
