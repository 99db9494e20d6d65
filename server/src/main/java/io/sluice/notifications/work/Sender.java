package io.sluice.notifications.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.NotNow;
import io.sluice.notifications.store.NotificationStore;
import org.springframework.stereotype.Component;

/// Makes one attempt, whatever the destination.
@Component
class Sender {
  private final Poster poster;
  private final Mailer mailer;
  private final MeterRegistry registry;

  Sender(Poster poster, Mailer mailer, MeterRegistry registry) {
    this.poster = poster;
    this.mailer = mailer;
    this.registry = registry;
  }

  /// @throws NotNow if nothing was sent
  Result send(Destination destination, NotificationStore.Row note) throws InterruptedException {
    var result =
        switch (destination) {
          case Destination.Slack slack -> poster.send(slack, note);
          case Destination.Hook hook -> poster.send(hook, note);
          case Destination.Mail mail -> mailer.send(mail, note);
        };
    count(note, result);
    return result;
  }

  private void count(NotificationStore.Row note, Result result) {
    var word =
        switch (result) {
          case Result.Taken _ -> "sent";
          case Result.Failed _ -> "failed";
          case Result.Refused _ -> "refused";
        };
    registry
        .counter(
            "sluice.notifications",
            "type",
            note.type().sql(),
            "occasion",
            note.occasion().sql(),
            "result",
            word)
        .increment();
  }
}
