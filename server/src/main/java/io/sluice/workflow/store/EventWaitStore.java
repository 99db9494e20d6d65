package io.sluice.workflow.store;

import io.sluice.engine.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Steps that wait for an event. A row is there from the step's begin until its event has come or
/// its time is over; that of an execution that was cancelled is removed by whoever finds it, or
/// after a while.
@Repository
public class EventWaitStore {
  /// Events are dated by the database: a node whose clock is ahead must not look behind them. Tells
  /// those who follow the events, as an event would: they look through what came before the wait
  /// could be seen.
  static final String PUT =
      """
      with put as (
        insert into sluice.workflow_event_wait (execution_id, step, tenant_id, type, filter, variables, since)
        values (?, ?, ?, ?, ?, ?::jsonb, least(?, now()))
        on conflict (execution_id, step) do nothing returning step)
      select pg_notify('sluice_event', '') from put
      """;

  static final String REMOVE_ONE =
      "delete from sluice.workflow_event_wait where execution_id = ? and step = ?";

  static final String OF_TYPES =
      """
      select execution_id, step, tenant_id, type, filter, variables::text, since
      from sluice.workflow_event_wait
      where type = any (:types) and (since, execution_id, step) > (:since, :execution::uuid, :step)
      order by since, execution_id, step limit :limit
      """;

  static final String ORPHANS =
      """
      delete from sluice.workflow_event_wait w
      where w.since < now() - interval '1 hour'
        and not exists (select from sluice_engine.job j where j.id = w.execution_id and j.finished_at is null)
      """;

  static final String REMOVE =
      "delete from sluice.workflow_event_wait where execution_id = :execution and step = :step";

  /// A wait.
  ///
  /// @param job that waits: an execution, or an item of one
  /// @param step where in it; the signal is [io.sluice.workflow.Signals#event] of it
  /// @param filter an expression over the variables and `event`; null: any event of the type
  /// @param variables what the filter names
  /// @param since only events from then on
  public record EventWait(
      UUID job,
      String step,
      TenantId tenant,
      String type,
      @Nullable String filter,
      Map<String, ? extends @Nullable Object> variables,
      Instant since) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  EventWaitStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Notes a wait, in a step's transaction.
  public static void put(Connection transaction, EventWait wait) throws SQLException {
    try (var s = transaction.prepareStatement(PUT)) {
      s.setObject(1, wait.job());
      s.setString(2, wait.step());
      s.setObject(3, wait.tenant().value());
      s.setString(4, wait.type());
      s.setString(5, wait.filter());
      s.setString(6, JSON.writeValueAsString(wait.variables()));
      s.setTimestamp(7, Timestamp.from(wait.since()));
      s.execute();
    }
  }

  /// Forgets a wait, in a step's transaction.
  public static void remove(Connection transaction, UUID job, String step) throws SQLException {
    try (var s = transaction.prepareStatement(REMOVE_ONE)) {
      s.setObject(1, job);
      s.setString(2, step);
      s.executeUpdate();
    }
  }

  /// Some that wait for events of these types, the oldest first.
  ///
  /// @param after only those behind this one; null: from the oldest
  @SuppressWarnings("unchecked")
  public List<EventWait> waiting(List<String> types, @Nullable EventWait after, int limit) {
    return jdbc.sql(OF_TYPES)
        .param("types", types.toArray(String[]::new))
        .param("since", Timestamp.from(after == null ? Instant.EPOCH : after.since()))
        .param("execution", after == null ? new UUID(0, 0) : after.job())
        .param("step", after == null ? "" : after.step())
        .param("limit", limit)
        .query((row, _) ->
            new EventWait(
                row.getObject(1, UUID.class),
                row.getString(2),
                new TenantId(row.getObject(3, UUID.class)),
                row.getString(4),
                row.getString(5),
                (Map<String, @Nullable Object>) JSON.readValue(row.getString(6), Map.class),
                row.getTimestamp(7).toInstant()))
        .list();
  }

  /// Forgets the waits of jobs that have ended without their event, whose turn may never come.
  public int forgetOrphans() {
    return jdbc.sql(ORPHANS).update();
  }

  /// Forgets a wait, in the caller's transaction.
  public void remove(UUID job, String step) {
    jdbc.sql(REMOVE).param("execution", job).param("step", step).update();
  }
}
