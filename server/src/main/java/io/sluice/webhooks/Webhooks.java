package io.sluice.webhooks;

import io.sluice.engine.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Subscriptions and their deliveries: the door of the module.
public interface Webhooks {
  /// A webhook with its secret, which is shown here and never again.
  record WithSecret(WebhookView webhook, String secret) {
    /// Without the secret.
    @Override
    public String toString() {
      return "WithSecret[" + webhook.id() + "]";
    }
  }

  /// Makes a webhook. It is told of what happens from now on.
  ///
  /// @param secret `whsec_` and the base64 of 24 to 64 bytes; null: one is made
  /// @throws WebhookProblem.Bad if the draft breaks a rule
  WithSecret create(TenantId tenant, WebhookDraft draft, @Nullable String secret);

  /// Webhooks, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<WebhookView> list(TenantId tenant, @Nullable UUID before, int limit);

  /// One webhook.
  ///
  /// @throws WebhookProblem.Unknown if the tenant has none of that id
  WebhookView get(TenantId tenant, UUID id);

  /// Replaces what was said about a webhook. Enabling it forgets its failures.
  ///
  /// @param version that the caller saw; null: whatever it is
  /// @throws WebhookProblem.Changed if it is another one now
  WebhookView update(TenantId tenant, UUID id, @Nullable Integer version, WebhookDraft draft);

  /// Removes a webhook with its history; deliveries on their way are dropped.
  void delete(TenantId tenant, UUID id);

  /// Gives a webhook a new secret. The old one stays valid for a time: deliveries are signed with
  /// both.
  ///
  /// @param secret null: one is made
  /// @param keep how long the old one stays valid
  WithSecret rotate(TenantId tenant, UUID id, @Nullable String secret, Duration keep);

  /// Which deliveries.
  ///
  /// @param status null: all
  /// @param type as in the filters of webhooks; null: all
  record DeliveryFilter(@Nullable DeliveryStatus status, @Nullable String type) {}

  /// Deliveries of a webhook, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<DeliveryView> deliveries(TenantId tenant, UUID webhook, DeliveryFilter filter, Page page);

  /// Which part of a list.
  ///
  /// @param before only what is older than this; null: from the newest
  record Page(@Nullable UUID before, int limit) {}

  /// One delivery.
  ///
  /// @throws WebhookProblem.UnknownDelivery if the tenant has none of that id
  DeliveryView delivery(TenantId tenant, UUID id);

  /// Sends again: a new delivery with the same message id and body.
  ///
  /// @throws WebhookProblem.Disabled if its webhook is disabled
  DeliveryView redeliver(TenantId tenant, UUID id);

  /// Sends a test event now, also to a webhook that is disabled, and says what came back.
  DeliveryView test(TenantId tenant, UUID id);
}
