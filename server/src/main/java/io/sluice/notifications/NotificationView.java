package io.sluice.notifications;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A message that was sent, or is to be.
///
/// @param channelId null: it is for somebody whom a suite names
/// @param subject what it is about, e.g. `run:…`
/// @param content what it says
/// @param error why the last attempt failed
/// @param jobId that sends it; null: it was a test
public record NotificationView(
    UUID id,
    @Nullable UUID channelId,
    ChannelType type,
    Occasion occasion,
    String subject,
    @Nullable UUID testRunId,
    JsonNode content,
    NotificationState state,
    int attempts,
    @Nullable String errorCode,
    @Nullable String error,
    @Nullable UUID jobId,
    Instant createdAt,
    @Nullable Instant endedAt) {}
