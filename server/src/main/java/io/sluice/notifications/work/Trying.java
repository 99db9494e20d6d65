package io.sluice.notifications.work;

import io.sluice.engine.IdSource;
import io.sluice.guard.NotNow;
import io.sluice.notifications.NotificationProblem;
import io.sluice.notifications.Occasion;
import io.sluice.notifications.model.Message;
import io.sluice.notifications.store.ChannelStore;
import io.sluice.notifications.store.NotificationStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Tries a channel, on the calling thread.
@Component
class Trying {
  private final NotificationStore notes;
  private final Destinations destinations;
  private final Sender sender;
  private final IdSource ids;

  Trying(NotificationStore notes, Destinations destinations, Sender sender, IdSource ids) {
    this.notes = notes;
    this.destinations = destinations;
    this.sender = sender;
    this.ids = ids;
  }

  /// @return the notification that was sent, or was not
  UUID test(ChannelStore.Row row) {
    var destination = destination(row);
    var fresh = fresh(row.written());
    if (!notes.insert(fresh)) {
      throw new NotificationProblem.UnknownChannel(row.id());
    }
    var note = notes.find(fresh.tenant(), fresh.id()).orElseThrow();
    var result =
        switch (destination) {
          case Found(Destination found) -> send(found, note);
          case Lost lost -> lost.result();
        };
    notes.record(SendHandler.record(fresh.id(), 1, result, true));
    return fresh.id();
  }

  private sealed interface Way {}

  private record Found(Destination destination) implements Way {}

  private record Lost(Result result) implements Way {}

  private Way destination(ChannelStore.Row row) {
    try {
      return new Found(destinations.of(row));
    } catch (Destinations.Nowhere e) {
      return new Lost(new Result.Refused(e.code(), String.valueOf(e.getMessage())));
    }
  }

  private Result send(Destination destination, NotificationStore.Row note) {
    try {
      return sender.send(destination, note);
    } catch (NotNow notNow) {
      return new Result.Failed(notNow.code(), notNow.reason(), null);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Result.Failed("INTERRUPTED", "the server was stopping", null);
    }
  }

  private NotificationStore.New fresh(ChannelStore.Written channel) {
    var id = ids.next();
    var words =
        new Message(
            "Sluice: a test of channel " + channel.name(),
            List.of("Whoever can read this has the address right."),
            List.of(),
            null,
            Map.of("channelId", channel.id().toString()));
    return new NotificationStore.New(
        id,
        channel.tenant(),
        channel.id(),
        channel.id().toString(),
        channel.type(),
        Occasion.TEST,
        "test:" + id,
        null,
        null,
        words);
  }
}
