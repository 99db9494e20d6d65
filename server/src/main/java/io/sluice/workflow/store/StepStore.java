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
        case when jsonb_typeof(value) = 'object' then value - 'output' - 'input' - 'state' else value end::text,
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

  /// Items that are branches of the execution's own job: how each ended is recorded under its
  /// place, and what it has recorded meanwhile lies in a scope below.
  static final String INLINE_COUNTS =
      """
      with ended as (
        select name, status = 'done' and coalesce(value -> 'error', 'null') = 'null' as good
        from sluice_engine.checkpoint where job_id = :execution and scope = :scope),
      begun as (
        select distinct split_part(substring(scope from length(:scope::text) + 2), '/', 1) as name
        from sluice_engine.checkpoint where job_id = :execution and starts_with(scope, :scope::text || '/'))
      select greatest(
          coalesce((
            select jsonb_array_length(value -> 'state') from sluice_engine.checkpoint
            where job_id = :execution and scope = '' and name = :begun and jsonb_typeof(value -> 'state') = 'array'), 0),
          (select count(*) from ended)),
        (select count(*) from ended where good), (select count(*) from ended where not good),
        (select count(*) from begun b where not exists (select from ended e where e.name = b.name))
      """;

  static final String INLINE_ITEMS =
      """
      select name::bigint, case when status = 'done' and coalesce(value -> 'error', 'null') = 'null' then 'done' else 'deadletter' end,
        started_at, recorded_at, greatest(attempt - 1, 0), (value -> 'output')::text,
        coalesce(error, value -> 'error') ->> 'errorType', coalesce(error, value -> 'error') ->> 'message',
        coalesce(error, value -> 'error') ->> 'step'
      from sluice_engine.checkpoint
      where job_id = :execution and scope = :scope and name ~ '^[0-9]+$' and name::bigint >= :from
      order by name::bigint limit :limit
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
        .param("scope", step + StepOutcome.ITEMS)
        .param("begun", step + StepOutcome.BEGUN)
        .query(
            (row, _) -> new Items(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .single();
  }

  /// Such items in their order.
  public List<ItemRow> inlineItems(UUID execution, String step, long from, int limit) {
    return jdbc.sql(INLINE_ITEMS)
        .param("execution", execution)
        .param("scope", step + StepOutcome.ITEMS)
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
