package io.sluice.webhooks.work;

import io.sluice.engine.IdSource;
import io.sluice.guard.NotNow;
import io.sluice.platform.SpringTx;
import io.sluice.webhooks.DeliveryStatus;
import io.sluice.webhooks.DeliveryView.Attempt;
import io.sluice.webhooks.WebhookProblem;
import io.sluice.webhooks.model.EventDocument;
import io.sluice.webhooks.model.Reaction;
import io.sluice.webhooks.store.DeliveryStore;
import io.sluice.webhooks.store.WebhookStore;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Sends what somebody asked for: something again, or a test.
@Component
class Resending {
  /// The type of test events.
  static final String TEST = "webhook.test";

  private final DeliveryStore deliveries;
  private final Dispatch dispatch;
  private final Messenger messenger;
  private final Recorder recorder;
  private final SpringTx transactions;
  private final IdSource ids;
  private final JsonMapper json;
  private final InstantSource clock;

  Resending(
      DeliveryStore deliveries,
      Dispatch dispatch,
      Messenger messenger,
      Recorder recorder,
      SpringTx transactions,
      IdSource ids,
      JsonMapper json,
      InstantSource clock) {
    this.deliveries = deliveries;
    this.dispatch = dispatch;
    this.messenger = messenger;
    this.recorder = recorder;
    this.transactions = transactions;
    this.ids = ids;
    this.json = json;
    this.clock = clock;
  }

  /// A new delivery of the same message.
  UUID again(DeliveryStore.Row known) {
    var fresh =
        new DeliveryStore.New(
            ids.next(),
            known.webhook(),
            known.message(),
            known.event(),
            "redelivery",
            known.id(),
            known.type(),
            known.body());
    if (!transactions.in(tx -> dispatch.dispatch(tx, known.tenant(), fresh))) {
      throw new WebhookProblem.Unknown(known.webhook());
    }
    return fresh.id();
  }

  /// A test, sent on the calling thread. Says nothing about the webhook's health.
  UUID test(WebhookStore.Row webhook) {
    var fresh = testDelivery(webhook);
    if (!deliveries.insert(fresh)) {
      throw new WebhookProblem.Unknown(webhook.id());
    }
    var delivery = deliveries.find(webhook.tenant(), fresh.id()).orElseThrow();
    var sent = send(webhook, delivery);
    Integer status = sent.reaction().status();
    boolean arrived = status != null && status >= 200 && status < 300;
    transactions.in(tx -> {
      recorder.record(
          tx, delivery, sent, arrived ? DeliveryStatus.DELIVERED : DeliveryStatus.FAILED);
      return true;
    });
    return fresh.id();
  }

  private DeliveryStore.New testDelivery(WebhookStore.Row webhook) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("webhookId", webhook.id().toString());
    data.put("message", "This is a test. Whoever can read it has the address right.");
    var body = json.writeValueAsString(EventDocument.message(TEST, clock.instant(), data));
    var id = ids.next();
    return new DeliveryStore.New(id, webhook.id(), "msg_" + id, null, "test", null, TEST, body);
  }

  private Messenger.Sent send(WebhookStore.Row webhook, DeliveryStore.Row delivery) {
    try {
      return messenger.send(webhook, delivery, 1);
    } catch (NotNow notNow) {
      return unsent(notNow.code(), notNow.reason());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unsent("INTERRUPTED", "the server was stopping");
    }
  }

  private Messenger.Sent unsent(String code, String why) {
    var attempt = new Attempt(1, clock.instant(), 0, Map.of(), null, null, null, code, why);
    return new Messenger.Sent(attempt, Reaction.none(why));
  }
}
