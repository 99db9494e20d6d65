package io.sluice.notifications.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.LimitRule;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.TransientFailure;
import io.sluice.guard.NotNow;
import io.sluice.notifications.NotificationSettings;
import io.sluice.notifications.NotificationState;
import io.sluice.notifications.store.NotificationStore;
import io.sluice.platform.JobHandler;
import io.sluice.platform.Sealer;
import io.sluice.platform.SpringTx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Sends a notification: one attempt a run. The engine waits and counts.
@Component
class SendHandler implements JobHandler<SendHandler.Request, String> {
  private static final Logger LOG = LoggerFactory.getLogger(SendHandler.class);
  private static final String NAME = "notification.send";

  /// After which a node that has the right master key may take the job.
  private static final Duration OTHER_NODE = Duration.ofSeconds(30);

  /// One slow receiver does not keep all workers.
  private static final LimitRule PER_RECIPIENT = LimitRule.concurrency(NAME, 2);

  private final Kind<Request, String> kind;
  private final NotificationStore notes;
  private final Destinations destinations;
  private final Sender sender;
  private final SpringTx transactions;
  private final InstantSource clock;

  SendHandler(
      NotificationStore notes,
      Destinations destinations,
      Sender sender,
      SpringTx transactions,
      NotificationSettings settings,
      InstantSource clock) {
    this.kind = kind(settings);
    this.notes = notes;
    this.destinations = destinations;
    this.sender = sender;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Which one.
  record Request(UUID notification) {}

  /// The kind.
  static Kind<Request, String> kind(NotificationSettings settings) {
    return Kind.of(NAME, Request.class, String.class)
        .inQueue("notifications")
        .withRetry(
            RetryPolicy.exponential(
                    settings.attempts(), settings.firstDelay(), settings.longestDelay())
                .withoutJitter())
        .withLimit(PER_RECIPIENT)
        .withAttemptTimeout(settings.timeout().multipliedBy(3).plus(Duration.ofMinutes(1)));
  }

  @Override
  public Kind<Request, String> kind() {
    return kind;
  }

  @Override
  public String run(Request request, JobContext job) throws InterruptedException {
    var note = notes.find(job.tenant(), request.notification()).orElse(null);
    if (note == null || note.state() == NotificationState.SENT) {
      return note == null ? "removed" : "sent";
    }
    var result = attempt(note, job);
    if (result.isEmpty()) {
      transaction(job, "discarded", () -> notes.discard(note.id()));
      return "discarded";
    }
    int number = note.attempts() + 1;
    boolean last = job.attempt() + 1 >= kind.retry().maxAttempts();
    var record = record(note.id(), number, result.get(), last);
    transaction(job, "attempt-" + number, () -> notes.record(record));
    return end(result.get());
  }

  private void transaction(JobContext job, String name, Runnable body) {
    job.transaction(
        name,
        Boolean.class,
        tx ->
            transactions.within(
                tx,
                () -> {
                  body.run();
                  return true;
                }));
  }

  /// Parks where nothing could be sent: that spends no attempt.
  ///
  /// @return empty if nobody wants it any more
  private Optional<Result> attempt(NotificationStore.Row note, JobContext job)
      throws InterruptedException {
    try {
      var destination = destinations.of(note).orElse(null);
      return destination == null ? Optional.empty() : Optional.of(sender.send(destination, note));
    } catch (Destinations.Nowhere e) {
      return Optional.of(new Result.Refused(e.code(), String.valueOf(e.getMessage())));
    } catch (NotNow notNow) {
      throw job.park(notNow.until(), notNow.reason());
    } catch (Sealer.WrongKey wrong) {
      LOG.warn("notification {} can not be sent: {}", note.id(), wrong.getMessage());
      throw job.park(clock.instant().plus(OTHER_NODE), "the master key is another one here");
    }
  }

  /// What is stored of an attempt.
  ///
  /// @param last whether there is no other one after it
  static NotificationStore.Attempt record(UUID id, int number, Result result, boolean last) {
    return switch (result) {
      case Result.Taken _ -> attempt(id, number, NotificationState.SENT, null, null);
      case Result.Failed failed ->
          attempt(
              id,
              number,
              last ? NotificationState.FAILED : NotificationState.PENDING,
              failed.code(),
              failed.words());
      case Result.Refused refused ->
          attempt(id, number, NotificationState.FAILED, refused.code(), refused.words());
    };
  }

  private static NotificationStore.Attempt attempt(
      UUID id, int number, NotificationState state, @Nullable String code, @Nullable String error) {
    return new NotificationStore.Attempt(id, number, state, code, error);
  }

  /// A failure is thrown, so that the engine waits and counts.
  private static String end(Result result) {
    return switch (result) {
      case Result.Taken _ -> "sent";
      case Result.Failed failed ->
          throw new TransientFailure(failed.code(), failed.words(), null, failed.after());
      case Result.Refused refused -> throw new PermanentFailure(refused.code(), refused.words());
    };
  }
}
