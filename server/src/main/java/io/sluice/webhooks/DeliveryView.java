package io.sluice.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery with its attempts: what the seed calls a webhook event.
///
/// @param messageId sent as `webhook-id`: the same for every attempt and redelivery
/// @param eventId the event that it is about; null for tests
/// @param origin `event`, `redelivery` or `test`
/// @param status see [DeliveryStatus]
/// @param body exactly what is sent
/// @param nextAttemptAt when it is tried again, if that is known
/// @param attempts oldest first
public record DeliveryView(
    UUID id,
    UUID webhookId,
    String messageId,
    @Nullable UUID eventId,
    String origin,
    @Nullable UUID redeliveryOf,
    String type,
    String status,
    String body,
    @Nullable UUID jobId,
    Instant createdAt,
    @Nullable Instant endedAt,
    @Nullable Instant nextAttemptAt,
    List<Attempt> attempts) {
  /// One call.
  ///
  /// @param tookMillis from the first byte out to the last byte in
  /// @param requestHeaders without credentials
  /// @param status null: there was no answer
  /// @param responseBody its beginning
  /// @param errorCode what failed, for programs
  /// @param error what failed, for people
  public record Attempt(
      int number,
      Instant sentAt,
      long tookMillis,
      Map<String, String> requestHeaders,
      @Nullable Integer status,
      @Nullable Map<String, String> responseHeaders,
      @Nullable String responseBody,
      @Nullable String errorCode,
      @Nullable String error) {}
}
