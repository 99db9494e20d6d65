package io.sluice.workflow.triggers.store;

import io.sluice.engine.JobId;
import io.sluice.workflow.FiringOutcome;
import io.sluice.workflow.FiringView;
import io.sluice.workflow.TriggerType;
import io.sluice.workflow.Triggers.FiringFilter;
import io.sluice.workflow.triggers.model.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Firings.
@Repository
public class FiringStore {
  /// A key that is taken is an error: whoever meets it rolls back, and finds what the other one
  /// did.
  static final String INSERT =
      """
      insert into sluice.trigger_firing (firing_id, tenant_id, trigger_id, key, why, fired_by, due_at, source_id, depth,
        outcome, execution_id, job_id, reason_code, reason)
      values (:id, :tenant, :trigger, :key, :why, :by, :due, :source, :depth, :outcome, :execution, :job, :code, :reason)
      """;

  static final String SETTLE =
      """
      update sluice.trigger_firing
      set outcome = :outcome, execution_id = :execution, reason_code = :code, reason = :reason
      where firing_id = :id and outcome = 'queued'
      """;

  static final String COLUMNS =
      """
      select firing_id, trigger_id, why, fired_by, fired_at, due_at, source_id, depth, outcome, execution_id, reason_code,
        reason
      from sluice.trigger_firing
      """;

  static final String BY_KEY = COLUMNS + " where trigger_id = :trigger and key = :key";

  static final String LIST =
      COLUMNS
          + """
           where trigger_id = :trigger and (:outcome::text is null or outcome = :outcome::text)
            and (:before::uuid is null or firing_id < :before::uuid)
          order by firing_id desc limit :limit
          """;

  /// Executions that have not ended, of the last hundred that the clock has started.
  static final String RUNNING =
      """
      select j.id
      from (select execution_id from sluice.trigger_firing
            where trigger_id = :trigger and outcome = 'started' and why = 'schedule' order by firing_id desc limit 100) f
      join sluice_engine.job j on j.id = f.execution_id
      where j.finished_at is null
      """;

  /// Those whose job was cancelled, or has given up, keep nobody waiting.
  static final String QUEUED =
      """
      select f.firing_id, f.job_id
      from sluice.trigger_firing f join sluice_engine.job j on j.id = f.job_id
      where f.trigger_id = :trigger and f.outcome = 'queued' and j.finished_at is null
      order by f.firing_id limit :limit
      """;

  static final String ANY_QUEUED =
      "select exists (select from sluice.trigger_firing where outcome = 'queued')";

  /// Jobs of queued firings of the triggers that have started some executions.
  static final String QUEUED_BEHIND =
      """
      select distinct q.job_id
      from sluice.trigger_firing s
      join sluice.trigger_firing q on q.trigger_id = s.trigger_id and q.outcome = 'queued'
      where s.execution_id in (:executions) and q.job_id is not null
      """;

  static final String DEPTHS =
      "select execution_id, depth from sluice.trigger_firing where execution_id in (:executions)";

  /// By a range of ids, which begin with their time: of a trigger without old firings it reads
  /// none.
  static final String SWEEP =
      """
      delete from sluice.trigger_firing where firing_id in (
        select firing_id from sluice.trigger_firing
        where trigger_id = :trigger and outcome <> 'queued'
          and firing_id < sluice_engine.uuid_floor(now() - :ageMillis * interval '1 millisecond')
        order by firing_id limit 100)
      """;

  /// What became of a firing.
  ///
  /// @param execution for STARTED
  /// @param job for QUEUED: which waits
  /// @param reason for the others
  public record Fate(
      FiringOutcome outcome,
      @Nullable UUID execution,
      @Nullable UUID job,
      FiringView.@Nullable Reason reason) {
    /// An execution was started.
    public static Fate started(UUID execution) {
      return new Fate(FiringOutcome.STARTED, execution, null, null);
    }

    /// A job waits with it.
    public static Fate queued(JobId job) {
      return new Fate(FiringOutcome.QUEUED, null, job.value(), null);
    }

    /// Nothing was started.
    public static Fate nothing(FiringOutcome outcome, String code, String detail) {
      return new Fate(outcome, null, null, new FiringView.Reason(code, detail));
    }
  }

  /// A queued firing.
  public record Queued(UUID firing, UUID job) {}

  private final JdbcClient jdbc;

  FiringStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Records one.
  public void insert(UUID id, TriggerRow trigger, Cause cause, Fate fate) {
    var reason = fate.reason();
    jdbc.sql(INSERT)
        .param("id", id)
        .param("tenant", trigger.tenant().value())
        .param("trigger", trigger.id())
        .param("key", cause.key())
        .param("why", cause.why().sql())
        .param("by", cause.by())
        .param("due", cause.dueAt() == null ? null : Timestamp.from(cause.dueAt()))
        .param("source", cause.source())
        .param("depth", cause.depth())
        .param("outcome", fate.outcome().sql())
        .param("execution", fate.execution())
        .param("job", fate.job())
        .param("code", reason == null ? null : reason.code())
        .param("reason", reason == null ? null : reason.detail())
        .update();
  }

  /// Says what became of one that was queued.
  public void settle(UUID id, Fate fate) {
    var reason = fate.reason();
    jdbc.sql(SETTLE)
        .param("id", id)
        .param("outcome", fate.outcome().sql())
        .param("execution", fate.execution())
        .param("code", reason == null ? null : reason.code())
        .param("reason", reason == null ? null : reason.detail())
        .update();
  }

  /// One by its key.
  public Optional<FiringView> find(UUID trigger, String key) {
    return jdbc.sql(BY_KEY)
        .param("trigger", trigger)
        .param("key", key)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Some of a trigger, newest first.
  public List<FiringView> list(UUID trigger, FiringFilter filter, int limit) {
    return jdbc.sql(LIST)
        .param("trigger", trigger)
        .param("outcome", filter.outcome() == null ? null : filter.outcome().sql())
        .param("before", filter.before())
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// Executions that a schedule has started and that have not ended.
  public List<UUID> running(UUID trigger) {
    return jdbc.sql(RUNNING)
        .param("trigger", trigger)
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  /// Queued firings, oldest first.
  public List<Queued> queued(UUID trigger, int limit) {
    return jdbc.sql(QUEUED)
        .param("trigger", trigger)
        .param("limit", limit)
        .query((row, _) -> new Queued(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
        .list();
  }

  /// Whether any firing of any trigger is queued.
  public boolean anyQueued() {
    return jdbc.sql(ANY_QUEUED).query(Boolean.class).single();
  }

  /// Jobs that wait for one of these executions, perhaps.
  public List<UUID> queuedBehind(Collection<UUID> executions) {
    return executions.isEmpty()
        ? List.of()
        : jdbc.sql(QUEUED_BEHIND)
            .param("executions", executions)
            .query((row, _) -> row.getObject(1, UUID.class))
            .list();
  }

  /// The places in their chains of those executions that a trigger has started.
  public Map<UUID, Integer> depths(Collection<UUID> executions) {
    var depths = new HashMap<UUID, Integer>();
    if (!executions.isEmpty()) {
      jdbc.sql(DEPTHS)
          .param("executions", executions)
          .query((row, _) -> depths.put(row.getObject(1, UUID.class), row.getInt(2)))
          .list();
    }
    return depths;
  }

  /// Forgets some of a trigger's firings that are older than this.
  public void sweep(UUID trigger, Duration age) {
    jdbc.sql(SWEEP).param("trigger", trigger).param("ageMillis", age.toMillis()).update();
  }

  private static FiringView read(ResultSet row) throws SQLException {
    var due = row.getTimestamp(6);
    var code = row.getString(11);
    return new FiringView(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        TriggerType.of(row.getString(3)),
        row.getString(4),
        row.getTimestamp(5).toInstant(),
        due == null ? null : due.toInstant(),
        row.getObject(7, UUID.class),
        row.getInt(8),
        FiringOutcome.of(row.getString(9)),
        row.getObject(10, UUID.class),
        code == null ? null : new FiringView.Reason(code, String.valueOf(row.getString(12))));
  }
}
