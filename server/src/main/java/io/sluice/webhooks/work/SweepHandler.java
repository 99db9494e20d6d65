package io.sluice.webhooks.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.platform.JobHandler;
import io.sluice.webhooks.WebhookSettings;
import io.sluice.webhooks.store.DeliveryStore;
import io.sluice.webhooks.store.ReceivedStore;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/// Removes deliveries and received calls that are older than they are kept.
@Component
class SweepHandler implements JobHandler<SweepHandler.Request, Integer> {
  /// The kind.
  static final Kind<Request, Integer> KIND =
      Kind.of("webhook.sweep", Request.class, Integer.class).inQueue("webhooks");

  private static final int AT_ONCE = 500;

  private final DeliveryStore deliveries;
  private final ReceivedStore received;
  private final WebhookSettings settings;

  SweepHandler(DeliveryStore deliveries, ReceivedStore received, WebhookSettings settings) {
    this.deliveries = deliveries;
    this.received = received;
    this.settings = settings;
  }

  /// Nothing has to be said.
  record Request() {}

  @Override
  public Kind<Request, Integer> kind() {
    return KIND;
  }

  @Override
  public Integer run(Request request, JobContext job) {
    var age = settings.retention();
    return all(job, () -> deliveries.sweep(age, AT_ONCE))
        + all(job, () -> received.sweep(age, AT_ONCE));
  }

  private static int all(JobContext job, IntSupplier some) {
    int removed = 0;
    int now;
    do {
      now = job.cancelled() ? 0 : some.getAsInt();
      removed += now;
    } while (now == AT_ONCE);
    return removed;
  }
}
