package io.sluice.workflow.store;

import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.ExecutionView.Failure;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepView.Items;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads what the steps of executions have recorded, from the engine's tables: values only where
/// they are asked for, and items as numbers.
@Repository
public class StepStore {
  /// Served by the primary key; without what the steps gave and got, which may be large.
  static final String RECORDS =
      """
      select name, status, attempt, started_at, recorded_at,
        case when jsonb_typeof(value) = 'object' then value - 'output' - 'input' - 'items' else value end::text,
        error ->> 'errorType', error ->> 'message', error ->> 'step'
      from sluice_engine.checkpoint
      where job_id = :execution and scope = '' and (:since::timestamptz is null or recorded_at >= :since::timestamptz)
      order by started_at, recorded_at, name
      """;

  static final String VALUES =
      """
      select name, status, attempt, started_at, recorded_at, value::text, error ->> 'errorType', error ->> 'message',
        error ->> 'step'
      from sluice_engine.checkpoint
      where job_id = :execution and scope = '' and name in (:names)
      """;

  /// Where all root steps are wanted with what they gave.
  static final String OUTPUTS =
      """
      select name, status, attempt, started_at, recorded_at, value::text, error ->> 'errorType', error ->> 'message',
        error ->> 'step'
      from sluice_engine.checkpoint where job_id = :execution and scope = ''
      order by started_at, recorded_at, name
      """;

  /// The job that has the items of a step, if they are jobs.
  static final String FAN =
      """
      select id from sluice_engine.job
      where parent_id = :execution and kind = 'workflow.fan' and input ->> 'step' = :step
      order by id desc limit 1
      """;

  static final String ITEM_COUNTS =
      """
      select count(*), count(*) filter (where state = 'done'), count(*) filter (where state in ('deadletter', 'cancelled')),
        count(*) filter (where state = 'working')
      from sluice_engine.job where parent_id = :fan and kind = 'workflow.item'
      """;

  static final String ITEMS =
      """
      select (input ->> 'index')::bigint, state::text, started_at, finished_at, attempt, result::text,
        last_error ->> 'errorType', last_error ->> 'message', last_error ->> 'step'
      from sluice_engine.job
      where parent_id = :fan and kind = 'workflow.item' and (input ->> 'index')::bigint >= :from
      order by (input ->> 'index')::bigint limit :limit
      """;

  /// Items that are branches of the execution's own job: each has a scope, named by its place.
  private static final String INLINE =
      """
      with item as (
        select substring(scope from length(:prefix::text) + 1)::bigint as place, name, status, attempt, started_at, recorded_at,
          error
        from sluice_engine.checkpoint
        where job_id = :execution and scope like :prefix::text || '%'
          and substring(scope from length(:prefix::text) + 1) ~ '^[0-9]+$'),
      known as (
        select place, min(started_at) as started_at, max(recorded_at) as recorded_at, max(attempt) as attempt,
          bool_or(status = 'failed') as failed, bool_or(status = 'retrying') as waiting,
          (array_agg(error order by recorded_at desc) filter (where status = 'failed'))[1] as error
        from item group by place)
      """;

  static final String INLINE_COUNTS =
      INLINE
          + """
            select count(*), count(*) filter (where not failed and not waiting), count(*) filter (where failed), 0
            from known
            """;

  static final String INLINE_ITEMS =
      INLINE
          + """
            select place, case when failed then 'deadletter' when waiting then 'waiting' else 'done' end, started_at,
              recorded_at, greatest(attempt - 1, 0), null, error ->> 'errorType', error ->> 'message', error ->> 'step'
            from known where place >= :from order by place limit :limit
            """;

  /// What a step has recorded.
  ///
  /// @param valueJson what it gave; when it is due, while it is tried again
  public record Recorded(
      String name,
      String status,
      int attempt,
      Instant startedAt,
      Instant recordedAt,
      @Nullable String valueJson,
      @Nullable Failure error) {}

  /// An item that is a job.
  public record ItemRow(
      long index,
      ExecutionStatus status,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      int attempts,
      @Nullable String resultJson,
      @Nullable Failure error) {}

  private static final String ITEM_SCOPE = StepOutcome.ITEMS + "/";

  private final JdbcClient jdbc;

  StepStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What the steps of an execution have recorded, without large values.
  ///
  /// @param since only what was recorded at this time or later; null: all
  public List<Recorded> records(UUID execution, @Nullable Instant since) {
    return jdbc.sql(RECORDS)
        .param("execution", execution)
        .param("since", since == null ? null : Timestamp.from(since))
        .query((row, _) -> recorded(row))
        .list();
  }

  /// What some steps have recorded, whole.
  public List<Recorded> values(UUID execution, List<String> names) {
    return jdbc.sql(VALUES)
        .param("execution", execution)
        .param("names", names)
        .query((row, _) -> recorded(row))
        .list();
  }

  /// What all steps have recorded, whole.
  public List<Recorded> outputs(UUID execution) {
    return jdbc.sql(OUTPUTS).param("execution", execution).query((row, _) -> recorded(row)).list();
  }

  private static Recorded recorded(ResultSet row) throws SQLException {
    return new Recorded(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        row.getTimestamp(4).toInstant(),
        row.getTimestamp(5).toInstant(),
        row.getString(6),
        failure(row, 7));
  }

  private static @Nullable Failure failure(ResultSet row, int column) throws SQLException {
    var code = row.getString(column);
    return code == null
        ? null
        : new Failure(code, String.valueOf(row.getString(column + 1)), row.getString(column + 2));
  }

  /// The job that has the items of a FOR_EACH, if they are jobs of their own.
  public Optional<UUID> fan(UUID execution, String step) {
    return jdbc.sql(FAN)
        .param("execution", execution)
        .param("step", step)
        .query(UUID.class)
        .optional();
  }

  /// How the items are.
  public Items itemCounts(UUID fan) {
    return jdbc.sql(ITEM_COUNTS)
        .param("fan", fan)
        .query(
            (row, _) -> new Items(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .single();
  }

  /// Items in their order.
  public List<ItemRow> items(UUID fan, long from, int limit) {
    return jdbc.sql(ITEMS)
        .param("fan", fan)
        .param("from", from)
        .param("limit", limit)
        .query((row, _) -> item(row))
        .list();
  }

  /// How the items are that are branches of the execution's job.
  public Items inlineItems(UUID execution, String step) {
    return jdbc.sql(INLINE_COUNTS)
        .param("execution", execution)
        .param("prefix", step + ITEM_SCOPE)
        .query(
            (row, _) -> new Items(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .single();
  }

  /// Such items in their order.
  public List<ItemRow> inlineItems(UUID execution, String step, long from, int limit) {
    return jdbc.sql(INLINE_ITEMS)
        .param("execution", execution)
        .param("prefix", step + ITEM_SCOPE)
        .param("from", from)
        .param("limit", limit)
        .query((row, _) -> item(row))
        .list();
  }

  private static ItemRow item(ResultSet row) throws SQLException {
    var started = row.getTimestamp(3);
    var finished = row.getTimestamp(4);
    return new ItemRow(
        row.getLong(1),
        status(row.getString(2)),
        started == null ? null : started.toInstant(),
        finished == null ? null : finished.toInstant(),
        row.getInt(5) + (started == null ? 0 : 1),
        row.getString(6),
        failure(row, 7));
  }

  private static ExecutionStatus status(String state) {
    return switch (state) {
      case "working" -> ExecutionStatus.RUNNING;
      case "waiting", "retryable" -> ExecutionStatus.WAITING;
      case "done" -> ExecutionStatus.COMPLETED;
      case "deadletter" -> ExecutionStatus.FAILED;
      case "cancelled" -> ExecutionStatus.CANCELLED;
      default -> ExecutionStatus.QUEUED;
    };
  }
}
