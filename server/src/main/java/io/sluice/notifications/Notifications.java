package io.sluice.notifications;

import io.sluice.engine.TenantId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Channels, and what was sent: the door of the module. Thread-safe.
public interface Notifications {
  /// Makes a channel. It is told of what happens from now on.
  ///
  /// @throws NotificationProblem.Bad if the draft breaks a rule
  ChannelView create(TenantId tenant, ChannelDraft draft);

  /// Channels, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<ChannelView> channels(TenantId tenant, @Nullable UUID before, int limit);

  /// One channel.
  ///
  /// @throws NotificationProblem.UnknownChannel if the tenant has none of that id
  ChannelView channel(TenantId tenant, UUID id);

  /// Replaces what was said about a channel.
  ///
  /// @param version that the caller saw; null: whatever it is
  /// @throws NotificationProblem.Changed if it is another one now
  ChannelView update(TenantId tenant, UUID id, @Nullable Integer version, ChannelDraft draft);

  /// Removes a channel with its history; what is on its way is dropped.
  void delete(TenantId tenant, UUID id);

  /// Sends a test message now, also to a channel that is disabled, and says what came of it.
  NotificationView test(TenantId tenant, UUID id);

  /// Which notifications. What is null matches all.
  record Filter(
      @Nullable UUID channel,
      @Nullable NotificationState state,
      @Nullable Occasion occasion,
      @Nullable UUID run) {}

  /// Notifications, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<NotificationView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit);

  /// One notification.
  ///
  /// @throws NotificationProblem.Unknown if the tenant has none of that id
  NotificationView get(TenantId tenant, UUID id);
}
