package io.sluice.engine.store;

import io.sluice.engine.JobId;
import io.sluice.engine.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job in the hands of a worker: what it needs to run it, and the fence that lets it write.
///
/// @param fence odd; what the holder names whenever it writes
/// @param ranBefore whether an earlier claim may have left checkpoints
/// @param waitedMillis how long it was ready before it was claimed
/// @param timeLeftMillis until its deadline; null: it has none
public record Claim(
    JobId id,
    TenantId tenant,
    String queue,
    String kind,
    int version,
    int fence,
    int attempt,
    int crashes,
    boolean ranBefore,
    String inputJson,
    @Nullable String limitKey,
    @Nullable String uniqueKey,
    @Nullable UUID parent,
    @Nullable String joinName,
    long waitedMillis,
    @Nullable Long timeLeftMillis) {
  /// Whether its end must be told to others: a parent or the owner of a unique key.
  boolean endsAlone() {
    return uniqueKey == null && parent == null;
  }
}
