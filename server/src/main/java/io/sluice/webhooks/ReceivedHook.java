package io.sluice.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A call that came in, as its owner sees it.
///
/// @param verdict `accepted`, `refused` or `replayed`
/// @param reason why it was refused
/// @param headers without credentials
/// @param body its beginning, as text
/// @param bodyBytes how many came
/// @param startedId what it started
public record ReceivedHook(
    UUID id,
    UUID triggerId,
    Instant receivedAt,
    String verdict,
    @Nullable String reason,
    Map<String, List<String>> headers,
    String body,
    int bodyBytes,
    @Nullable UUID startedId) {}
