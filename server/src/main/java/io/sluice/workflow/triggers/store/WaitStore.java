package io.sluice.workflow.triggers.store;

import io.sluice.engine.TenantId;
import io.sluice.workflow.store.EventWaitStore.EventWait;
import io.sluice.workflow.triggers.model.Seen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Steps that wait for an event, as the follower needs them.
@Repository
public class WaitStore {
  private static final TypeReference<Map<String, @Nullable Object>> VARIABLES =
      new TypeReference<>() {};

  /// Waits that were noted lately.
  static final String FRESH =
      """
      select execution_id, step, tenant_id, type, filter, variables::text, since
      from sluice.workflow_event_wait where not looked_back order by since limit 50
      """;

  static final String LOOKED =
      """
      update sluice.workflow_event_wait set looked_back = true
      where execution_id = :execution and step = :step and not looked_back
      """;

  /// Of several that have found its event, one takes it.
  static final String TAKE =
      "delete from sluice.workflow_event_wait where execution_id = :execution and step = :step";

  /// Events since a time, in the order in which a tail has them. An id begins with its time; ids
  /// are made a little before the time that the database notes.
  static final String SINCE =
      """
      select e.id, e.xid::text::bigint, e.job_id, e.subject_id, e.type, e.severity, e.code, e.payload::text, e.created_at
      from sluice_engine.event e
      where e.tenant_id = :tenant and e.created_at >= :since
        and e.id >= sluice_engine.uuid_floor(:since::timestamptz - interval '1 hour')
        and (e.type = :type or e.code = :type or e.type || '.' || e.code = :type)
      order by e.xid, e.seq limit :limit
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  WaitStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Waits that nobody has looked back for.
  public List<EventWait> fresh() {
    return jdbc.sql(FRESH)
        .query((row, _) ->
            new EventWait(
                row.getObject(1, UUID.class),
                row.getString(2),
                new TenantId(row.getObject(3, UUID.class)),
                row.getString(4),
                row.getString(5),
                json.readValue(row.getString(6), VARIABLES),
                row.getTimestamp(7).toInstant()))
        .list();
  }

  /// Notes that this was looked back for.
  public void looked(EventWait wait) {
    of(LOOKED, wait).update();
  }

  /// Takes a wait away, in the transaction that wakes its step.
  ///
  /// @return false if it is gone
  public boolean take(EventWait wait) {
    return of(TAKE, wait).update() == 1;
  }

  private JdbcClient.StatementSpec of(String sql, EventWait wait) {
    return jdbc.sql(sql).param("execution", wait.job()).param("step", wait.step());
  }

  /// What was announced since a wait has begun, and is of its type.
  public List<Seen> since(EventWait wait, int limit) {
    return jdbc.sql(SINCE)
        .param("tenant", wait.tenant().value())
        .param("since", Timestamp.from(wait.since()))
        .param("type", wait.type())
        .param("limit", limit)
        .query((row, _) -> read(wait.tenant(), row))
        .list();
  }

  private Seen read(TenantId tenant, ResultSet row) throws SQLException {
    return new Seen(
        row.getObject(1, UUID.class),
        row.getLong(2),
        tenant,
        row.getObject(3, UUID.class),
        row.getObject(4, UUID.class),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        json.readValue(row.getString(8), Object.class),
        row.getTimestamp(9).toInstant());
  }
}
