package io.sluice.workflow.store;

import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionFilter;
import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.ExecutionView.Failure;
import io.sluice.workflow.ExecutionView.Held;
import io.sluice.workflow.ExecutionView.Origin;
import io.sluice.workflow.ExecutionView.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads executions with their jobs.
///
/// A list by status is read by statements of its own, and merged: each names, as a constant, what a
/// partial index of the engine's goes by. Without, a few that wait would be looked for among all
/// that have ended. Nothing marks what was cancelled: it is looked for from the newest on.
@Repository
public class ExecutionViewStore {
  private static final String COLUMNS =
      """
      select x.execution_id, x.workflow_id, x.workflow_name, x.workflow_version, x.status, x.held_at, x.held_by,
        x.trigger_type, x.trigger_id, x.started_by, x.parent_id, x.forked_from, x.forked_step, x.labels::text,
        x.priority, x.attempt, x.wait_reason, x.progress_done, x.progress_total, x.created_at, x.run_at, x.started_at,
        x.finished_at, x.wake_at, x.deadline_at, x.seconds, x.last_error ->> 'errorType', x.last_error ->> 'message',
        x.last_error ->> 'step', x.state::text
      from sluice.workflow_execution_now x
      """;

  private static final String MATCHES =
      """
       where x.tenant_id = :tenant
        and (:workflow::uuid is null or x.workflow_id = :workflow::uuid)
        and (:trigger::text is null or x.trigger_type = :trigger::text)
        and (:labels::jsonb is null or x.labels @> :labels::jsonb)
        and (:from::timestamptz is null or (x.created_at >= :from::timestamptz
          and x.execution_id >= sluice_engine.uuid_floor(:from::timestamptz - interval '1 minute')))
        and (:to::timestamptz is null or (x.created_at < :to::timestamptz
          and x.execution_id < sluice_engine.uuid_floor(:to::timestamptz + interval '1 minute')))
        and (:held::boolean is null or (x.held_at is not null) = :held::boolean)
        and (:parent::uuid is null or x.parent_id = :parent::uuid)
      """;

  private static final String PAGE =
      """
       and (:before::uuid is null or x.execution_id < :before::uuid)
      order by x.execution_id desc limit :limit
      """;

  private static final String PENDING = " and x.hold = 'time' and x.wake_at is not null";
  private static final String READY = " and x.ready";
  private static final String LIMITED = " and x.hold = 'limit'";
  private static final String ALONE = " and x.hold = 'alone'";

  /// No index goes by the state; what workers have claimed is noted.
  private static final String RUNNING =
      " and x.state = 'working' and x.execution_id = any (array(select unnest(b.jobs) from sluice_engine.claim_batch b))";

  private static final String PARKED = " and x.wait_reason is not null and x.state = 'waiting'";
  private static final String RETRYABLE = " and x.wake_at is not null and x.state = 'retryable'";
  private static final String DONE = " and x.state = 'done'";
  private static final String DEAD = " and x.cause is not null and x.status = 'failed'";
  private static final String EXPIRED = " and x.cause is not null and x.status = 'timed_out'";
  private static final String CANCELLED = " and x.state = 'cancelled'";

  static final String ONE = COLUMNS + " where x.tenant_id = :tenant and x.execution_id = :id";

  static final String LIST = COLUMNS + MATCHES + PAGE;
  static final String LIST_PENDING = COLUMNS + MATCHES + PENDING + PAGE;
  static final String LIST_READY = COLUMNS + MATCHES + READY + PAGE;
  static final String LIST_LIMITED = COLUMNS + MATCHES + LIMITED + PAGE;
  static final String LIST_ALONE = COLUMNS + MATCHES + ALONE + PAGE;
  static final String LIST_RUNNING = COLUMNS + MATCHES + RUNNING + PAGE;
  static final String LIST_PARKED = COLUMNS + MATCHES + PARKED + PAGE;
  static final String LIST_RETRYABLE = COLUMNS + MATCHES + RETRYABLE + PAGE;
  static final String LIST_DONE = COLUMNS + MATCHES + DONE + PAGE;
  static final String LIST_DEAD = COLUMNS + MATCHES + DEAD + PAGE;
  static final String LIST_EXPIRED = COLUMNS + MATCHES + EXPIRED + PAGE;
  static final String LIST_CANCELLED = COLUMNS + MATCHES + CANCELLED + PAGE;

  private static final Map<ExecutionStatus, List<String>> LISTS =
      new EnumMap<>(
          Map.of(
              ExecutionStatus.PENDING, List.of(LIST_PENDING),
              ExecutionStatus.QUEUED, List.of(LIST_READY, LIST_LIMITED, LIST_ALONE),
              ExecutionStatus.RUNNING, List.of(LIST_RUNNING),
              ExecutionStatus.WAITING, List.of(LIST_PARKED, LIST_RETRYABLE),
              ExecutionStatus.COMPLETED, List.of(LIST_DONE),
              ExecutionStatus.FAILED, List.of(LIST_DEAD),
              ExecutionStatus.TIMED_OUT, List.of(LIST_EXPIRED),
              ExecutionStatus.CANCELLED, List.of(LIST_CANCELLED)));

  static final String COUNT =
      "select count(*) from sluice.workflow_execution_now x"
          + MATCHES
          + " and x.status = any (:statuses::text[]) and x.execution_id <= :last";

  /// The next ones of a bulk operation, oldest first.
  static final String IDS =
      "select x.execution_id from sluice.workflow_execution_now x"
          + MATCHES
          + """
           and x.status = any (:statuses::text[]) and x.execution_id <= :last
           and (:after::uuid is null or x.execution_id > :after::uuid)
          order by x.execution_id limit :limit
          """;

  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ExecutionViewStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// One execution, without input and output.
  public Optional<ExecutionView> find(TenantId tenant, UUID id) {
    return jdbc.sql(ONE)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Executions, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  public List<ExecutionView> list(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID before, int limit) {
    var statements =
        filter.statuses().isEmpty()
            ? Stream.of(LIST)
            : filter.statuses().stream()
                .distinct()
                .flatMap(s -> LISTS.getOrDefault(s, List.of()).stream());
    var found = new ArrayList<ExecutionView>();
    statements.forEach(sql ->
        found.addAll(
            bind(sql, tenant, filter)
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list()));
    return found.stream()
        .sorted(Comparator.comparing((ExecutionView v) -> v.id().toString()).reversed())
        .limit(limit)
        .toList();
  }

  /// How many match, up to the last one that counts.
  public long count(TenantId tenant, ExecutionFilter filter, UUID last) {
    return statuses(bind(COUNT, tenant, filter), filter)
        .param("last", last)
        .query(Long.class)
        .single();
  }

  /// A batch of those that match, oldest first.
  ///
  /// @param after only those newer than this one; null: from the oldest
  /// @param last none is newer than this one
  public List<UUID> ids(TenantId tenant, ExecutionFilter filter, Span span, int limit) {
    return statuses(bind(IDS, tenant, filter), filter)
        .param("last", span.last())
        .param("after", span.after())
        .param("limit", limit)
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  /// Ids behind one, up to another.
  public record Span(@Nullable UUID after, UUID last) {}

  private static JdbcClient.StatementSpec statuses(
      JdbcClient.StatementSpec statement, ExecutionFilter filter) {
    var wanted =
        filter.statuses().isEmpty()
            ? ExecutionStatus.names()
            : filter.statuses().stream().map(ExecutionStatus::sql).toList();
    return statement.param("statuses", "{" + String.join(",", wanted) + "}");
  }

  private JdbcClient.StatementSpec bind(String sql, TenantId tenant, ExecutionFilter filter) {
    return jdbc.sql(sql)
        .param("tenant", tenant.value())
        .param("workflow", filter.workflow())
        .param("trigger", filter.trigger())
        .param(
            "labels", filter.labels().isEmpty() ? null : json.writeValueAsString(filter.labels()))
        .param("from", timestamp(filter.from()))
        .param("to", timestamp(filter.to()))
        .param("held", filter.held())
        .param("parent", filter.parent());
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant at) {
    return at == null ? null : Timestamp.from(at);
  }

  private ExecutionView read(ResultSet row) throws SQLException {
    var status = ExecutionStatus.of(row.getString(5)).orElseThrow();
    var heldAt = instant(row, 6);
    var code = row.getString(27);
    boolean failed = code != null && status != ExecutionStatus.COMPLETED;
    var seconds = row.getBigDecimal(26);
    var total = row.getObject(19, Long.class);
    return new ExecutionView(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getInt(4),
        status,
        heldAt == null ? null : new Held(heldAt, row.getString(7)),
        new Origin(
            row.getString(8),
            row.getObject(9, UUID.class),
            row.getString(10),
            row.getObject(11, UUID.class),
            row.getObject(12, UUID.class),
            row.getString(13)),
        json.readValue(row.getString(14), LABELS),
        row.getInt(15),
        row.getInt(16),
        row.getString(17),
        total == null ? null : row.getObject(18, Long.class),
        total,
        times(row),
        seconds == null ? null : seconds.movePointRight(3).longValue(),
        failed ? new Failure(code, String.valueOf(row.getString(28)), row.getString(29)) : null,
        null,
        null);
  }

  private static Times times(ResultSet row) throws SQLException {
    return new Times(
        row.getTimestamp(20).toInstant(),
        instant(row, 21),
        instant(row, 22),
        instant(row, 23),
        instant(row, 24),
        instant(row, 25));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    var at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
