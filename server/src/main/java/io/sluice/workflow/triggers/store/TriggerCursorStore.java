package io.sluice.workflow.triggers.store;

import io.sluice.engine.Operations.EventCursor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How far the events were followed.
@Repository
public class TriggerCursorStore {
  static final String GET = "select xid, seq from sluice.trigger_cursor";

  /// Of two nodes that have read the same cursor, the second waits here for the first one's commit
  /// and then moves nothing.
  static final String MOVE =
      """
      update sluice.trigger_cursor set xid = :toXid, seq = :toSeq
      where xid = :fromXid and seq = :fromSeq
      """;

  private final JdbcClient jdbc;

  TriggerCursorStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Where it is.
  public EventCursor get() {
    return jdbc.sql(GET)
        .query((row, _) -> new EventCursor(row.getLong(1), row.getLong(2)))
        .single();
  }

  /// Moves it. Belongs in the transaction that starts and signals.
  ///
  /// @return false if another node was quicker
  public boolean move(EventCursor from, EventCursor to) {
    return jdbc.sql(MOVE)
            .param("fromXid", from.xid())
            .param("fromSeq", from.seq())
            .param("toXid", to.xid())
            .param("toSeq", to.seq())
            .update()
        == 1;
  }
}
