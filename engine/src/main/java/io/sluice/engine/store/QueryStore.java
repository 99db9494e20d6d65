package io.sluice.engine.store;

import io.sluice.engine.HistoryLine;
import io.sluice.engine.JobError;
import io.sluice.engine.JobFilter;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.JobView;
import io.sluice.engine.Operations.DeadLetterGroup;
import io.sluice.engine.Operations.QueueView;
import io.sluice.engine.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads for people.
public final class QueryStore {
  private static final String COLUMNS =
      """
      j.id, j.tenant_id, j.queue, j.kind, j.version, j.priority, j.state::text, j.hold::text, j.fence, j.attempt,
      j.crashes, j.worker_id, j.limit_key, j.unique_key, j.parent_id, j.stage, coalesce(j.progress_done, 0),
      coalesce(j.progress_total, 0), j.created_at, j.started_at, j.finished_at, j.wake_at, j.deadline_at,
      j.wait_reason, j.cause, j.last_error::text, j.input::text, j.result::text
      """;

  /// The filter that listing and redriving share.
  static final String MATCHES =
      """
      (?::uuid is null or j.tenant_id = ?::uuid)
      and (?::text is null or j.state = ?::text::sluice_engine.job_state)
      and (?::text is null or j.kind = ?::text)
      and (?::text is null or j.queue = ?::text)
      and (?::text is null or j.cause = ?::text)
      """;

  static final Sql ONE = new Sql("select " + COLUMNS + " from sluice_engine.job j where j.id = ?");

  static final Sql MANY =
      new Sql("select " + COLUMNS + " from sluice_engine.job j where j.id = any (?)");

  static final Sql LIST =
      new Sql(
          "select "
              + COLUMNS
              + " from sluice_engine.job j where "
              + MATCHES
              + " and (?::uuid is null or j.id < ?::uuid) order by j.id desc limit ?");

  /// The enqueue, the moves, the steps, and the end as the row tells it.
  static final Sql HISTORY =
      new Sql(
          """
          select at, what, "from", "to", who, why, detail, error from (
            select created_at as at, 0 as rank, 'move' as what, null as "from", 'queued' as "to", '' as who, 'enqueued' as why,
              null as detail, null as error
            from sluice_engine.job where id = ?
            union all
            select attempt_started_at, 1, 'move', 'queued', 'working', who, 'claimed', null, null
            from sluice_engine.move where job_id = ? and "from" = 'working' and attempt_started_at is not null
            union all
            select at, 3, 'move', "from"::text, "to"::text, who, why, null, error::text
            from sluice_engine.move where job_id = ?
            union all
            select recorded_at, 2, 'step', null, null, '', case scope when '' then name else scope || '/' || name end,
              status, error::text
            from sluice_engine.checkpoint where job_id = ?
            union all
            select started_at, 1, 'move', 'queued', 'working', coalesce(worker_id::text, ''), 'claimed', null, null
            from sluice_engine.job where id = ? and state in ('working', 'done')
            union all
            select finished_at, 4, 'move', 'working', 'done', '', 'completed', null, null
            from sluice_engine.job where id = ? and state = 'done'
          ) h order by at, rank
          """);

  static final Sql DEAD =
      new Sql(
          """
          select j.kind, coalesce(j.cause, ''), max(j.last_error->>'message'), count(*), min(j.finished_at),
            max(j.finished_at)
          from sluice_engine.job j
          where j.cause is not null and (?::uuid is null or j.tenant_id = ?::uuid)
          group by 1, 2 order by 4 desc, 1, 2
          """);

  static final Sql QUEUES =
      new Sql(
          """
          with live as (
            select j.queue,
              count(*) filter (where j.state = 'queued' and j.hold is null) as ready,
              count(*) filter (where j.hold is not null) as held,
              count(*) filter (where j.state = 'working') as working,
              count(*) filter (where j.state = 'waiting') as waiting,
              count(*) filter (where j.state = 'retryable') as retryable,
              min(j.ready_order - j.priority * interval '30 seconds')
                filter (where j.state = 'queued' and j.hold is null) as oldest
            from sluice_engine.job j where j.finished_at is null group by j.queue)
          select name, q.paused_at, q.paused_by, coalesce(ready, 0), coalesce(held, 0), coalesce(working, 0),
            coalesce(waiting, 0), coalesce(retryable, 0), oldest
          from (select queue as name from live union select k.queue from sluice_engine.kind k
                union select p.name from sluice_engine.queue p) names
          left join live l on l.queue = names.name left join sluice_engine.queue q using (name)
          order by name
          """);

  private final Db db;
  private final Function<String, JobError> errors;

  /// On a database.
  ///
  /// @param errors reads a stored error
  public QueryStore(Db db, Function<String, JobError> errors) {
    this.db = db;
    this.errors = errors;
  }

  /// One job.
  public Optional<JobView> job(JobId id) {
    return db.first(ONE, s -> s.setObject(1, id.value()), this::read);
  }

  /// The jobs of these ids.
  public List<JobView> jobs(Collection<JobId> ids) {
    return db.with(
        "reading",
        c ->
            Db.query(
                c,
                MANY,
                s ->
                    s.setArray(
                        1, c.createArrayOf("uuid", ids.stream().map(JobId::value).toArray())),
                this::read));
  }

  /// Jobs, newest first.
  public List<JobView> jobs(JobFilter filter, @Nullable JobId before, int limit) {
    return db.query(
        LIST,
        s -> {
          bind(s, filter);
          s.setObject(11, before == null ? null : before.value());
          s.setObject(12, before == null ? null : before.value());
          s.setInt(13, limit);
        },
        this::read);
  }

  /// Binds a filter as parameters 1 to 10.
  static void bind(PreparedStatement s, JobFilter filter) throws SQLException {
    for (int i = 0; i < 2; i++) {
      s.setObject(1 + i, filter.tenant() == null ? null : filter.tenant().value());
      s.setString(3 + i, filter.state() == null ? null : filter.state().sql());
      s.setString(5 + i, filter.kind());
      s.setString(7 + i, filter.queue());
      s.setString(9 + i, filter.cause());
    }
  }

  /// A job's history, oldest first.
  public List<HistoryLine> history(JobId id) {
    return db.query(
        HISTORY,
        s -> {
          for (int i = 1; i <= 6; i++) {
            s.setObject(i, id.value());
          }
        },
        row ->
            new HistoryLine(
                row.getTimestamp(1).toInstant(),
                row.getString(2),
                state(row.getString(3)),
                state(row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                error(row.getString(8))));
  }

  /// Dead letters by kind and cause.
  public List<DeadLetterGroup> deadLetters(@Nullable TenantId tenant) {
    return db.query(
        DEAD,
        s -> {
          s.setObject(1, tenant == null ? null : tenant.value());
          s.setObject(2, tenant == null ? null : tenant.value());
        },
        row ->
            new DeadLetterGroup(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getTimestamp(5).toInstant(),
                row.getTimestamp(6).toInstant()));
  }

  /// Queues and what is in them.
  public List<QueueView> queues() {
    return db.query(
        QUEUES,
        Db.Binder.NONE,
        row ->
            new QueueView(
                row.getString(1),
                WorkerStore.instant(row, 2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                WorkerStore.instant(row, 9)));
  }

  private static @Nullable JobState state(@Nullable String sql) {
    return sql == null ? null : JobState.of(sql);
  }

  private @Nullable JobError error(@Nullable String json) {
    return json == null ? null : errors.apply(json);
  }

  private JobView read(ResultSet row) throws SQLException {
    var parent = row.getObject(15, UUID.class);
    return new JobView(
        new JobId(row.getObject(1, UUID.class)),
        new TenantId(row.getObject(2, UUID.class)),
        row.getString(3),
        row.getString(4),
        row.getInt(5),
        row.getInt(6),
        JobState.of(row.getString(7)),
        row.getString(8),
        row.getInt(9),
        row.getInt(10),
        row.getInt(11),
        row.getObject(12, UUID.class),
        row.getString(13),
        row.getString(14),
        parent == null ? null : new JobId(parent),
        row.getString(16),
        row.getLong(17),
        row.getLong(18),
        row.getTimestamp(19).toInstant(),
        WorkerStore.instant(row, 20),
        WorkerStore.instant(row, 21),
        WorkerStore.instant(row, 22),
        WorkerStore.instant(row, 23),
        row.getString(24),
        row.getString(25),
        error(row.getString(26)),
        row.getString(27),
        row.getString(28));
  }
}
