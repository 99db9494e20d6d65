package io.sluice.webhooks.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.LimitRule;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.TransientFailure;
import io.sluice.guard.NotNow;
import io.sluice.platform.JobHandler;
import io.sluice.platform.Sealer;
import io.sluice.webhooks.DeliveryStatus;
import io.sluice.webhooks.WebhookSettings;
import io.sluice.webhooks.model.Judgement;
import io.sluice.webhooks.model.RetrySchedule;
import io.sluice.webhooks.store.AttemptStore;
import io.sluice.webhooks.store.DeliveryStore;
import io.sluice.webhooks.store.WebhookStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Delivers: one attempt a run. When the next one is due is told to the engine, which counts them
/// and gives up after the last.
@Component
class DeliverHandler implements JobHandler<DeliverRequest, String> {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverHandler.class);
  private static final String NAME = "webhook.deliver";

  /// After which a node that has the right master key may take the job.
  private static final Duration OTHER_NODE = Duration.ofSeconds(30);

  /// One slow receiver does not keep all workers.
  private static final LimitRule PER_WEBHOOK = LimitRule.concurrency(NAME, 4);

  private final Kind<DeliverRequest, String> kind;
  private final WebhookStore webhooks;
  private final DeliveryStore deliveries;
  private final AttemptStore attempts;
  private final Messenger messenger;
  private final Recorder recorder;
  private final WebhookSettings settings;
  private final RetrySchedule schedule;
  private final InstantSource clock;

  DeliverHandler(
      WebhookStore webhooks,
      DeliveryStore deliveries,
      AttemptStore attempts,
      Messenger messenger,
      Recorder recorder,
      WebhookSettings settings,
      InstantSource clock) {
    this.kind = kind(settings);
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.attempts = attempts;
    this.messenger = messenger;
    this.recorder = recorder;
    this.settings = settings;
    this.schedule = new RetrySchedule(settings.schedule());
    this.clock = clock;
  }

  /// The kind. Its policy's delays are what holds when an attempt could not even be recorded; where
  /// one was, the schedule's are longer, and hold.
  static Kind<DeliverRequest, String> kind(WebhookSettings settings) {
    var schedule = new RetrySchedule(settings.schedule());
    var first = schedule.attempts() == 1 ? Duration.ZERO : schedule.delays().get(1);
    var retry =
        new RetryPolicy(
            RetryPolicy.Strategy.EXPONENTIAL,
            schedule.attempts(),
            first,
            schedule.longest().compareTo(first) < 0 ? first : schedule.longest(),
            false);
    return Kind.of(NAME, DeliverRequest.class, String.class)
        .inQueue("webhooks")
        .withRetry(retry)
        .withLimit(PER_WEBHOOK)
        .withAttemptTimeout(settings.timeout().plus(Duration.ofMinutes(1)));
  }

  @Override
  public Kind<DeliverRequest, String> kind() {
    return kind;
  }

  @Override
  public String run(DeliverRequest request, JobContext job) throws Exception {
    var delivery = deliveries.find(job.tenant(), request.delivery()).orElse(null);
    if (delivery == null || delivery.status() == DeliveryStatus.DELIVERED) {
      return delivery == null ? "removed" : "delivered";
    }
    var webhook = webhooks.find(job.tenant(), delivery.webhook()).orElse(null);
    if (webhook == null) {
      return "removed";
    }
    if (!webhook.enabled()) {
      return discard(delivery, job);
    }
    pause(webhook, delivery.id(), job);
    return attempt(webhook, delivery, job);
  }

  private String discard(DeliveryStore.Row delivery, JobContext job) {
    job.transaction(
        "discarded",
        Boolean.class,
        tx -> {
          attempts.discard(tx, delivery.id());
          return true;
        });
    return "discarded";
  }

  /// The receiver asked for a pause: nothing is spent. Deliveries come back spread out.
  private void pause(WebhookStore.Row webhook, UUID delivery, JobContext job) {
    var now = clock.instant();
    var until = webhook.throttledUntil();
    if (until != null && until.isAfter(now)) {
      var spread = Duration.between(now, until).dividedBy(5).toMillis() + 1;
      var later = Math.floorMod(delivery.getLeastSignificantBits(), spread);
      throw job.park(until.plusMillis(later), "the receiver asked for a pause until " + until);
    }
  }

  private String attempt(WebhookStore.Row webhook, DeliveryStore.Row delivery, JobContext job)
      throws InterruptedException {
    int number = delivery.attempts() + 1;
    var sent = send(webhook, delivery, number, job);
    var position = new Judgement.Attempt(schedule, job.attempt() + 1, delivery.id());
    var judgement = Judgement.of(sent.reaction(), position, settings.throttle());
    var done = new Recorder.Done(webhook, delivery, sent, judgement);
    job.transaction(
        "attempt-" + number,
        Boolean.class,
        tx -> {
          recorder.record(tx, done, tx::emit);
          return true;
        });
    return end(judgement, sent);
  }

  /// Parks where nothing could be sent: that spends no attempt.
  private Messenger.Sent send(
      WebhookStore.Row webhook, DeliveryStore.Row delivery, int number, JobContext job)
      throws InterruptedException {
    try {
      return messenger.send(webhook, delivery, number);
    } catch (NotNow notNow) {
      throw job.park(notNow.until(), notNow.reason());
    } catch (Sealer.WrongKey wrong) {
      LOG.warn("webhook {} can not be signed for: {}", webhook.id(), wrong.getMessage());
      throw job.park(clock.instant().plus(OTHER_NODE), "the master key is another one here");
    }
  }

  /// A failure is thrown, so that the engine waits and counts.
  private static String end(Judgement judgement, Messenger.Sent sent) {
    var words = sent.reaction().words();
    return switch (judgement) {
      case Judgement.Delivered _ -> "delivered";
      case Judgement.Gone _ -> "gone";
      case Judgement.Again again ->
          throw new TransientFailure("WEBHOOK_FAILED", words, null, again.in());
      case Judgement.Exhausted _ -> throw new PermanentFailure("WEBHOOK_EXHAUSTED", words);
    };
  }
}
