package io.sluice.workflow.store;

import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionMetrics.Cause;
import io.sluice.workflow.ExecutionMetrics.Durations;
import io.sluice.workflow.ExecutionMetrics.StepMetrics;
import io.sluice.workflow.ExecutionMetrics.Window;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Counts executions of a span of time. Reads the newest of them, up to a bound, so that no
/// question can keep the database busy for long.
@Repository
public class ExecutionMetricsStore {
  /// A span of time is a range of ids; the minutes are for clocks that differ.
  private static final String RUNS =
      """
      runs as materialized (
        select x.execution_id, x.created_at, x.finished_at, x.status, x.seconds, x.attempt, x.cause,
          x.last_error ->> 'message' as message
        from sluice.workflow_execution_now x
        where x.tenant_id = :tenant and (:workflow::uuid is null or x.workflow_id = :workflow::uuid)
          and x.execution_id >= sluice_engine.uuid_floor(:from::timestamptz - interval '1 minute')
          and x.execution_id < sluice_engine.uuid_floor(:to::timestamptz + interval '1 minute')
          and x.created_at >= :from::timestamptz and x.created_at < :to::timestamptz
        order by x.execution_id desc limit :most)
      """;

  static final String SUMMARY =
      "with "
          + RUNS
          + """
          select bucket, status, count(*), coalesce(sum(attempt), 0),
            percentile_cont(array[0.5, 0.95, 0.99]) within group (order by seconds)
              filter (where status = 'completed')
          from (select r.*, width_bucket(extract(epoch from r.created_at), extract(epoch from :from::timestamptz),
                  extract(epoch from :to::timestamptz), :buckets::integer) as bucket from runs r) b
          group by grouping sets ((), (status), (bucket), (bucket, status))
          """;

  static final String STEPS =
      "with "
          + RUNS
          + """
          select c.name, count(*) filter (where c.status = 'done'), count(*) filter (where c.status = 'failed'),
            coalesce(sum(greatest(c.attempt - 1, 0)), 0),
            percentile_cont(array[0.5, 0.95, 0.99]) within group (order by extract(epoch from c.recorded_at - c.started_at))
              filter (where c.status = 'done')
          from runs r join sluice_engine.checkpoint c on c.job_id = r.execution_id and c.scope = ''
          group by c.name order by min(c.started_at - r.created_at), c.name limit 500
          """;

  static final String CAUSES =
      "with "
          + RUNS
          + """
          select coalesce(cause, ''), coalesce((array_agg(message order by execution_id desc))[1], ''), count(*),
            max(coalesce(finished_at, created_at)), (array_agg(execution_id order by execution_id desc))[1]
          from runs where status in ('failed', 'timed_out') group by 1 order by 3 desc, 1 limit 20
          """;

  /// Reads the partial index of those that are held.
  static final String HELD =
      """
      select count(*) filter (where x.held_at is not null) from sluice.workflow_execution_now x
      where x.tenant_id = :tenant and x.held_at is not null and x.finished_at is null
      """;

  /// A row of the summary.
  ///
  /// @param bucket from 1; null: of the whole span
  /// @param status null: of all
  public record Group(
      @Nullable Integer bucket,
      @Nullable String status,
      long count,
      long attempts,
      Durations durations) {}

  private final JdbcClient jdbc;

  ExecutionMetricsStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Counts by bucket and status, by either, and of all.
  public List<Group> summary(TenantId tenant, Window window, int most) {
    return bind(SUMMARY, tenant, window, most)
        .param("buckets", window.buckets())
        .query((row, _) ->
            new Group(
                row.getObject(1, Integer.class),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                durations(row, 5)))
        .list();
  }

  /// What the steps recorded.
  public List<StepMetrics> steps(TenantId tenant, Window window, int most) {
    return bind(STEPS, tenant, window, most)
        .query((row, _) ->
            new StepMetrics(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                durations(row, 5)))
        .list();
  }

  /// Why executions failed.
  public List<Cause> causes(TenantId tenant, Window window, int most) {
    return bind(CAUSES, tenant, window, most)
        .query((row, _) ->
            new Cause(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getTimestamp(4).toInstant(),
                row.getObject(5, UUID.class)))
        .list();
  }

  /// How many that have not ended are held.
  public long held(TenantId tenant) {
    return jdbc.sql(HELD).param("tenant", tenant.value()).query(Long.class).single();
  }

  private JdbcClient.StatementSpec bind(String sql, TenantId tenant, Window window, int most) {
    return jdbc.sql(sql)
        .param("tenant", tenant.value())
        .param("workflow", window.workflow())
        .param("from", Timestamp.from(window.from()))
        .param("to", Timestamp.from(window.to()))
        .param("most", most);
  }

  private static Durations durations(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    if (array == null) {
      return Durations.NONE;
    }
    var values = (Number[]) array.getArray();
    return new Durations(millis(values[0]), millis(values[1]), millis(values[2]));
  }

  private static @Nullable Double millis(@Nullable Number seconds) {
    return seconds == null ? null : Math.round(seconds.doubleValue() * 1_000_000) / 1000.0;
  }
}
