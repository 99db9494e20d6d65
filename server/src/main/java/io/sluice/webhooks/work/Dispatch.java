package io.sluice.webhooks.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Jobs;
import io.sluice.engine.Kind;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.webhooks.WebhookSettings;
import io.sluice.webhooks.store.DeliveryStore;
import org.springframework.stereotype.Component;

/// Makes deliveries, each with its job.
@Component
class Dispatch {
  private final DeliveryStore deliveries;
  private final Jobs jobs;
  private final Kind<DeliverRequest, String> kind;

  Dispatch(DeliveryStore deliveries, Jobs jobs, WebhookSettings settings) {
    this.deliveries = deliveries;
    this.jobs = jobs;
    this.kind = DeliverHandler.kind(settings);
  }

  /// Inserts a delivery and enqueues its job, in the caller's transaction.
  ///
  /// @return false if its webhook is gone, or has one for the event
  boolean dispatch(Tx tx, TenantId tenant, DeliveryStore.New delivery) {
    if (!deliveries.insert(delivery)) {
      return false;
    }
    var options = EnqueueOptions.of(tenant).withLimitValue(delivery.webhook().toString());
    var job = jobs.enqueue(tx, kind, new DeliverRequest(delivery.id()), options).job();
    deliveries.setJob(delivery.id(), job.value());
    return true;
  }
}
