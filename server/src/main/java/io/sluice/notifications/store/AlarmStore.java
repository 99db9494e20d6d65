package io.sluice.notifications.store;

import io.sluice.notifications.Occasion;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Thresholds that are crossed now.
@Repository
public class AlarmStore {
  static final String OF =
      """
      select channel_id, occasion, episode, raised_at from sluice.notification_alarm
      where channel_id = any (:channels::uuid[]) order by occasion
      """;

  /// Nothing for a channel that is gone, disabled, or of another mind meanwhile.
  static final String RAISE =
      """
      insert into sluice.notification_alarm (channel_id, occasion, episode)
      select c.channel_id, :occasion, :episode from sluice.notification_channel c
      where c.channel_id = :channel and c.enabled and :occasion = any (c.occasions)
      for key share
      on conflict do nothing
      """;

  static final String LOWER = "delete from sluice.notification_alarm where episode = :episode";

  /// Those that a channel does not ask for any more.
  static final String FORGET =
      """
      delete from sluice.notification_alarm a using sluice.notification_channel c
      where a.channel_id = :channel and c.channel_id = a.channel_id
        and (not c.enabled or a.occasion <> all (c.occasions))
      """;

  /// A row.
  public record Row(UUID channel, Occasion occasion, UUID episode, Instant since) {}

  private final JdbcClient jdbc;

  AlarmStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Those of some channels.
  public List<Row> of(Collection<UUID> channels) {
    return jdbc.sql(OF)
        .param("channels", channels.toArray(UUID[]::new))
        .query((row, _) ->
            new Row(
                row.getObject(1, UUID.class),
                Occasion.of(row.getString(2)),
                row.getObject(3, UUID.class),
                row.getTimestamp(4).toInstant()))
        .list();
  }

  /// Begins an episode.
  ///
  /// @return false if somebody else was quicker
  public boolean raise(UUID channel, Occasion occasion, UUID episode) {
    return jdbc.sql(RAISE)
            .param("channel", channel)
            .param("occasion", occasion.sql())
            .param("episode", episode)
            .update()
        == 1;
  }

  /// Ends one.
  ///
  /// @return false if somebody else was quicker
  public boolean lower(UUID episode) {
    return jdbc.sql(LOWER).param("episode", episode).update() == 1;
  }

  /// Forgets those that a channel does not ask for any more.
  public void forget(UUID channel) {
    jdbc.sql(FORGET).param("channel", channel).update();
  }
}
