package io.sluice.notifications.work;

import io.sluice.engine.Operations.EventView;
import io.sluice.events.EventFollower;
import io.sluice.events.EventTail;
import io.sluice.notifications.Occasion;
import io.sluice.notifications.store.ChannelStore;
import io.sluice.notifications.store.NotificationStore;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Turns ends of runs into notifications, and failures that validation finds after them.
@Component
class RunFollower implements EventFollower {
  private static final String TYPE = "test";
  private static final Set<String> ENDS =
      Set.of("test.run.completed", "test.run.failed", "test.run.cancelled");
  private static final List<Occasion> OCCASIONS =
      List.of(Occasion.AUTO_FAIL, Occasion.RUN_FINISHED, Occasion.RUN_FAILED);

  private final EventTail tail;
  private final ChannelStore channels;
  private final RunNews news;
  private final Dispatch dispatch;

  RunFollower(EventTail.Tails tails, ChannelStore channels, RunNews news, Dispatch dispatch) {
    this.tail = tails.of("notifications");
    this.channels = channels;
    this.news = news;
    this.dispatch = dispatch;
  }

  @Override
  public boolean look() {
    return tail.look(this::news, dispatch::dispatch);
  }

  /// The page was read before the channels: one that is not among them was made after all events of
  /// the page, and has no claim to them.
  private List<NotificationStore.New> news(List<EventView> events) {
    var mine = events.stream().filter(RunFollower::concerns).toList();
    if (mine.isEmpty()) {
      return List.of();
    }
    var listening = channels.listening(OCCASIONS);
    return mine.stream().flatMap(event -> fresh(event, listening).stream()).toList();
  }

  private List<NotificationStore.New> fresh(EventView event, List<ChannelStore.Row> listening) {
    return ENDS.contains(event.code())
        ? news.ended(event, listening)
        : news.failedLate(event, listening);
  }

  private static boolean concerns(EventView event) {
    return event.type().equals(TYPE)
        && event.subject() != null
        && (ENDS.contains(event.code()) || event.code().equals("test.execution.validated"));
  }

  @Override
  public String toString() {
    return "notifications";
  }
}
