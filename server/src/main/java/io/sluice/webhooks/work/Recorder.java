package io.sluice.webhooks.work;

import io.sluice.engine.JobEvent;
import io.sluice.engine.Tx;
import io.sluice.webhooks.DeliveryStatus;
import io.sluice.webhooks.WebhookSettings;
import io.sluice.webhooks.model.EventDocument;
import io.sluice.webhooks.model.Judgement;
import io.sluice.webhooks.store.AttemptStore;
import io.sluice.webhooks.store.DeliveryStore;
import io.sluice.webhooks.store.HealthStore;
import io.sluice.webhooks.store.WebhookStore;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Records attempts with all that follows from them: the delivery's status, the webhook's health,
/// and its end when that was bad for too long.
@Component
class Recorder {
  /// Announces that a webhook was disabled because of its receiver.
  static final String DISABLED = "webhook.disabled";

  private final AttemptStore attempts;
  private final WebhookSettings settings;

  Recorder(AttemptStore attempts, WebhookSettings settings) {
    this.attempts = attempts;
    this.settings = settings;
  }

  /// An attempt of a job.
  record Done(
      WebhookStore.Row webhook,
      DeliveryStore.Row delivery,
      Messenger.Sent sent,
      Judgement judgement) {}

  /// Records an attempt in the transaction that fences it.
  void record(Tx tx, Done done, Consumer<JobEvent> announce) {
    record(tx, done.delivery(), done.sent(), status(done.judgement()));
    var webhook = new Patient(HealthStore.on(tx), done, announce);
    switch (done.judgement()) {
      case Judgement.Delivered _ -> webhook.health().succeeded(done.webhook().id());
      case Judgement.Gone _ -> webhook.disable("the receiver answered 410: it is gone");
      case Judgement.Again again -> failed(webhook, false, again.pause());
      case Judgement.Exhausted exhausted -> failed(webhook, true, exhausted.pause());
    }
  }

  /// Records an attempt that says nothing about health: a test.
  void record(Tx tx, DeliveryStore.Row delivery, Messenger.Sent sent, DeliveryStatus then) {
    attempts.record(
        tx, new AttemptStore.Made(delivery.tenant(), delivery.id(), sent.attempt(), then));
  }

  private static DeliveryStatus status(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Delivered _ -> DeliveryStatus.DELIVERED;
      case Judgement.Gone _, Judgement.Exhausted _ -> DeliveryStatus.FAILED;
      case Judgement.Again _ -> DeliveryStatus.PENDING;
    };
  }

  private void failed(Patient webhook, boolean exhausted, @Nullable Duration pause) {
    var failure = new HealthStore.Failure(webhook.done().webhook().id(), exhausted, pause);
    var streak = webhook.health().failed(failure, settings.disableAfter());
    if (streak.isEmpty()) {
      return;
    }
    int exhaustedInRow = streak.get().exhaustedInRow();
    if (streak.get().tooLong()) {
      webhook.disable("nothing but failures came for " + words(settings.disableAfter()));
    } else if (exhaustedInRow >= settings.disableAfterExhausted()) {
      webhook.disable(exhaustedInRow + " deliveries in a row ran out of attempts");
    }
  }

  private static String words(Duration time) {
    return time.toDays() > 0 ? time.toDays() + " days" : time.toSeconds() + " s";
  }

  /// A webhook whose health an attempt changes.
  private record Patient(HealthStore health, Done done, Consumer<JobEvent> announce) {
    void disable(String why) {
      if (health.disable(done.webhook().id(), why)) {
        announce.accept(
            new JobEvent(
                EventDocument.WEBHOOK,
                JobEvent.Severity.ERROR,
                DISABLED,
                done.webhook().id(),
                Map.of(
                    "name", done.webhook().name(),
                    "reason", why,
                    "deliveryId", done.delivery().id())));
      }
    }
  }
}
