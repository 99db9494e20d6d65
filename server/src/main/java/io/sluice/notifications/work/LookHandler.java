package io.sluice.notifications.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.TenantId;
import io.sluice.notifications.Occasion;
import io.sluice.notifications.model.Alarms;
import io.sluice.notifications.model.Alarms.Queue;
import io.sluice.notifications.model.Alarms.Watched;
import io.sluice.notifications.store.AlarmStore;
import io.sluice.notifications.store.ChannelStore;
import io.sluice.notifications.store.NotificationStore;
import io.sluice.platform.JobHandler;
import io.sluice.platform.PublicUrl;
import io.sluice.platform.SpringTx;
import io.sluice.review.Statistics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Looks whether the human queue is too deep or too old. An alarm's row changes in the transaction
/// that makes its message, so that looks that meet tell once.
@Component
class LookHandler implements JobHandler<LookHandler.Request, Integer> {
  /// The kind.
  static final Kind<Request, Integer> KIND =
      Kind.of("notification.look", Request.class, Integer.class).inQueue("notifications");

  private final ChannelStore channels;
  private final AlarmStore alarms;
  private final Statistics statistics;
  private final Dispatch dispatch;
  private final SpringTx transactions;
  private final PublicUrl url;
  private final IdSource ids;
  private final InstantSource clock;

  LookHandler(
      ChannelStore channels,
      AlarmStore alarms,
      Statistics statistics,
      Dispatch dispatch,
      SpringTx transactions,
      PublicUrl url,
      IdSource ids,
      InstantSource clock) {
    this.channels = channels;
    this.alarms = alarms;
    this.statistics = statistics;
    this.dispatch = dispatch;
    this.transactions = transactions;
    this.url = url;
    this.ids = ids;
    this.clock = clock;
  }

  /// Nothing has to be said.
  record Request() {}

  @Override
  public Kind<Request, Integer> kind() {
    return KIND;
  }

  @Override
  public Integer run(Request request, JobContext job) {
    var watching = channels.listening(List.of(Occasion.QUEUE_DEPTH, Occasion.QUEUE_AGE));
    var raised = alarms.of(watching.stream().map(ChannelStore.Row::id).toList());
    var depths = new HashMap<TenantId, List<Statistics.Depth>>();
    int told = 0;
    for (var row : watching) {
      var channel = row.written();
      var queue =
          Queue.of(
              depths.computeIfAbsent(channel.tenant(), statistics::depth),
              channel.languages(),
              clock.instant());
      for (var watched : watched(channel, queue)) {
        told += look(channel, watched, episode(raised, channel.id(), watched.occasion())) ? 1 : 0;
      }
    }
    return told;
  }

  private static List<Watched> watched(ChannelStore.Written channel, Queue queue) {
    var watched = new ArrayList<Watched>();
    if (channel.queueDepth() != null) {
      watched.add(Watched.depth(queue, channel.queueDepth()));
    }
    if (channel.queueAge() != null) {
      watched.add(Watched.age(queue, channel.queueAge()));
    }
    return watched;
  }

  private static @Nullable UUID episode(
      List<AlarmStore.Row> raised, UUID channel, Occasion occasion) {
    return raised.stream()
        .filter(alarm -> alarm.channel().equals(channel) && alarm.occasion() == occasion)
        .map(AlarmStore.Row::episode)
        .findFirst()
        .orElse(null);
  }

  /// @param episode null: the threshold was not crossed when it was looked at before
  /// @return whether somebody is told
  private boolean look(ChannelStore.Written channel, Watched watched, @Nullable UUID episode) {
    if (episode == null) {
      return watched.crossed() && raise(channel, watched, ids.next());
    }
    return watched.over() && lower(channel, watched, episode);
  }

  private boolean raise(ChannelStore.Written channel, Watched watched, UUID episode) {
    return transactions.in(tx -> {
      boolean first = alarms.raise(channel.id(), watched.occasion(), episode);
      if (first) {
        dispatch.dispatch(tx, fresh(channel, watched, episode, false));
      }
      return first;
    });
  }

  private boolean lower(ChannelStore.Written channel, Watched watched, UUID episode) {
    return transactions.in(tx -> {
      boolean first = alarms.lower(episode);
      if (first) {
        dispatch.dispatch(tx, fresh(channel, watched, episode, true));
      }
      return first;
    });
  }

  private NotificationStore.New fresh(
      ChannelStore.Written channel, Watched watched, UUID episode, boolean over) {
    var link = url.of("/api/v1/reviews?status=pending").orElse(null);
    var subject = watched.occasion().sql() + ":" + episode + (over ? ":over" : "");
    return new NotificationStore.New(
        ids.next(),
        channel.tenant(),
        channel.id(),
        channel.id().toString(),
        channel.type(),
        watched.occasion(),
        subject,
        null,
        null,
        Alarms.words(watched, over, channel.languages(), link));
  }
}
