package io.sluice.events.store;

import io.sluice.engine.Operations.EventCursor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How far followers have acted on the events.
@Repository
public class EventCursorStore {
  static final String GET = "select xid, seq from sluice.event_cursor where follower = :follower";

  /// Of two nodes that have read the same cursor, the second waits here for the first one's commit
  /// and then moves nothing.
  static final String MOVE =
      """
      update sluice.event_cursor set xid = :toXid, seq = :toSeq
      where follower = :follower and xid = :fromXid and seq = :fromSeq
      """;

  private final JdbcClient jdbc;

  EventCursorStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Where a follower is.
  public EventCursor get(String follower) {
    return jdbc.sql(GET)
        .param("follower", follower)
        .query((row, _) -> new EventCursor(row.getLong(1), row.getLong(2)))
        .single();
  }

  /// Moves it. Belongs in the transaction that acts on the events between.
  ///
  /// @return false if another node was quicker
  public boolean move(String follower, EventCursor from, EventCursor to) {
    return jdbc.sql(MOVE)
            .param("follower", follower)
            .param("fromXid", from.xid())
            .param("fromSeq", from.seq())
            .param("toXid", to.xid())
            .param("toSeq", to.seq())
            .update()
        == 1;
  }
}
