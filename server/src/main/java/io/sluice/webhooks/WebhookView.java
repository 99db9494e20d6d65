package io.sluice.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A webhook as its owner sees it.
///
/// @param headers those that may be credentials show as `***`
/// @param disabledReason why it was disabled, if it is
/// @param failingSince the first failure after the last success
/// @param throttledUntil until when the receiver asked for a pause
/// @param secrets what is valid now, newest first, without the secrets themselves
/// @param version rises with each change; the ETag
public record WebhookView(
    UUID id,
    String name,
    String url,
    @Nullable String description,
    List<String> types,
    @Nullable String filter,
    Map<String, String> headers,
    boolean enabled,
    @Nullable String disabledReason,
    @Nullable Instant disabledAt,
    @Nullable Instant failingSince,
    @Nullable Instant throttledUntil,
    List<SecretView> secrets,
    int version,
    Instant createdAt,
    Instant updatedAt) {
  /// A secret, without itself.
  ///
  /// @param expiresAt null: the current one
  public record SecretView(UUID id, Instant createdAt, @Nullable Instant expiresAt) {}
}
