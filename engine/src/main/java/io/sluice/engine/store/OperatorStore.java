package io.sluice.engine.store;

import io.sluice.engine.JobFilter;
import io.sluice.engine.JobId;
import io.sluice.engine.Operations.Again;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What people turn: retries, redrives, pauses; and the facts behind `explain`.
public final class OperatorStore {
  /// Ended, waiting and retryable jobs go round again. What failed for good is forgotten, a wait
  /// that timed out with its time; what was done stays; a child counts in its group again.
  static final Sql RETRY =
      new Sql(
          """
          with old as (
            select id, state, parent_id, join_name from sluice_engine.job
            where id = any (?) and state in ('deadletter', 'cancelled', 'retryable', 'waiting')
            order by id for update)
          , again as (
            update sluice_engine.job j
            set state = 'queued', fence = j.fence + 2, attempt = 0, crashes = 0, wake_at = null, finished_at = null,
                deadline_at = null, cause = null, wait_reason = null, hold = sluice_engine.entry_hold(j.limit_key, 0::smallint),
                ready = sluice_engine.entry_hold(j.limit_key, 0::smallint) is null,
                ready_order = clock_timestamp() + j.priority * interval '30 seconds'
            where j.id = any (array(select id from old)) and j.state in ('deadletter', 'cancelled', 'retryable', 'waiting')
            returning j.id, j.fence, j.queue, j.limit_key, j.hold)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why)
            select a.id, a.fence, o.state, 'queued', ?, 'retried' from again a join old o on o.id = a.id)
          , forgotten as (
            delete from sluice_engine.checkpoint c using again a
            where c.job_id = a.id and (c.status <> 'done' or c.name like '%#until' and exists (
              select from sluice_engine.checkpoint w
              where w.job_id = c.job_id and w.scope = c.scope and w.name = left(c.name, -6) and w.status = 'failed'
                and w.error ->> 'errorType' = 'WAIT_TIMED_OUT')))
          , recounted as (
            update sluice_engine.child_group g set pending = g.pending + n.count
            from (select parent_id, join_name, count(*) from old
                  where parent_id is not null and state in ('deadletter', 'cancelled') group by 1, 2) n
            where g.parent_id = n.parent_id and g.name = n.join_name)
          select queue, limit_key, hold::text from again
          """);

  static final Sql LOCK_ENDED =
      new Sql(
          """
          select id from sluice_engine.job
          where id = any (?) and state in ('deadletter', 'cancelled', 'retryable', 'waiting')
          order by id for update
          """);

  static final Sql FORGET =
      new Sql(
          """
          delete from sluice_engine.checkpoint c using unnest(?::uuid[], ?::text[], ?::text[]) u(job_id, scope, name)
          where c.job_id = u.job_id and c.scope = u.scope and c.name = u.name
          """);

  static final Sql REDRIVABLE =
      new Sql(
          "select j.id from sluice_engine.job j where j.cause is not null and "
              + QueryStore.MATCHES
              + " order by j.id limit ? for update skip locked");

  static final Sql PAUSE =
      new Sql(
          """
          insert into sluice_engine.queue as q (name, paused_at, paused_by) values (?, now(), ?)
          on conflict (name) do update
            set paused_at = coalesce(q.paused_at, excluded.paused_at), paused_by = coalesce(q.paused_by, excluded.paused_by)
          """);

  static final Sql RESUME =
      new Sql("update sluice_engine.queue set paused_at = null, paused_by = null where name = ?");

  /// Everything that may keep a job from running, in one row.
  static final Sql FACTS =
      new Sql(
          """
          select
            (select w.lease_until from sluice_engine.worker w where w.id = j.worker_id),
            (select q.paused_by from sluice_engine.queue q where q.name = j.queue and q.paused_at is not null),
            r.max_running,
            case when j.limit_key is not null then
              (select count(*) from sluice_engine.job o where o.limit_key = j.limit_key and o.admitted) end,
            case when r.rate is not null then
              (select b.next_free_at from sluice_engine.limit_bucket b where b.limit_key = j.limit_key) end,
            exists (select from sluice_engine.worker w
              where not w.dead and w.lease_until > now() - interval '15 seconds'
                and j.kind = any (w.kinds) and j.queue = any (w.queues)),
            (select count(*) from (
               select from sluice_engine.job o where o.queue = j.queue and o.ready
                 and o.ready_order < j.ready_order limit 100000) ahead)
          from sluice_engine.job j left join sluice_engine.limit_rule r on r.name = split_part(j.limit_key, ':', 1)
          where j.id = ?
          """);

  /// Asks to be told of the end of a job. Zero rows: it has ended already. A claim skips the row
  /// while this update holds it, so that a ready job's queue has to be told again.
  static final Sql AWAIT =
      new Sql(
          """
          update sluice_engine.job set awaited = true where id = ? and finished_at is null
          returning case when ready then queue end
          """);

  static final Sql PROGRESS =
      new Sql(
          """
          update sluice_engine.job j set progress_done = u.done, progress_total = u.total
          from unnest(?::uuid[], ?::int[], ?::bigint[], ?::bigint[]) u(id, fence, done, total)
          where j.id = u.id and j.fence = u.fence
          """);

  /// See [#FACTS].
  public record Facts(
      @Nullable Instant lease,
      @Nullable String pausedBy,
      @Nullable Integer max,
      int running,
      @Nullable Instant nextFree,
      boolean known,
      long ahead) {}

  /// How far a job is.
  public record Progress(Claim claim, long done, long total) {}

  private final Db db;

  /// On a database.
  public OperatorStore(Db db) {
    this.db = db;
  }

  /// Sends jobs round again.
  ///
  /// @return one entry for each that went
  public List<WakeStore.Entered> retry(List<JobId> jobs, String who) {
    return db.inTransaction(
        "retrying jobs", c -> retryOn(c, jobs.stream().map(JobId::value).toList(), who));
  }

  /// Jobs that went round again.
  public record Gone(List<JobId> jobs, List<WakeStore.Entered> entered) {}

  /// Sends jobs round again that forget some of their steps, in the caller's transaction.
  public static Gone again(Connection c, Collection<Again> all, String who) throws SQLException {
    var wanted = all.stream().map(a -> a.job().value()).toList();
    var jobs =
        Db.query(
            c,
            LOCK_ENDED,
            s -> s.setArray(1, c.createArrayOf("uuid", wanted.toArray())),
            row -> row.getObject(1, UUID.class));
    var ended = new HashSet<>(jobs);
    forget(c, all.stream().filter(a -> ended.contains(a.job().value())).toList());
    return new Gone(jobs.stream().map(JobId::new).toList(), retryOn(c, jobs, who));
  }

  private static void forget(Connection c, List<Again> all) throws SQLException {
    var jobs = new ArrayList<UUID>();
    var scopes = new ArrayList<String>();
    var names = new ArrayList<String>();
    for (var again : all) {
      for (var step : again.steps()) {
        jobs.add(again.job().value());
        scopes.add(step.scope());
        names.add(step.name());
      }
    }
    if (jobs.isEmpty()) {
      return;
    }
    Db.update(
        c,
        FORGET,
        s -> {
          s.setArray(1, c.createArrayOf("uuid", jobs.toArray()));
          s.setArray(2, c.createArrayOf("text", scopes.toArray()));
          s.setArray(3, c.createArrayOf("text", names.toArray()));
        });
  }

  private static List<WakeStore.Entered> retryOn(Connection c, List<UUID> jobs, String who)
      throws SQLException {
    return Db.query(
        c,
        RETRY,
        s -> {
          s.setArray(1, c.createArrayOf("uuid", jobs.toArray()));
          s.setString(2, who);
        },
        WakeStore.Entered::read);
  }

  /// Redrives dead letters that match, oldest first.
  public List<WakeStore.Entered> redrive(JobFilter filter, int limit, String who) {
    return db.inTransaction(
        "redriving dead letters",
        c -> {
          var jobs =
              Db.query(
                  c,
                  REDRIVABLE,
                  s -> {
                    QueryStore.bind(s, filter);
                    s.setInt(11, limit);
                  },
                  row -> row.getObject(1, UUID.class));
          return retryOn(c, jobs, who);
        });
  }

  /// Pauses a queue.
  public void pause(String queue, String who) {
    db.update(
        PAUSE,
        s -> {
          s.setString(1, queue);
          s.setString(2, who);
        });
  }

  /// Resumes a queue.
  public void resume(String queue) {
    db.update(RESUME, s -> s.setString(1, queue));
  }

  /// What may keep a job from running.
  public Facts facts(JobId id) {
    return db.first(
            FACTS,
            s -> s.setObject(1, id.value()),
            row ->
                new Facts(
                    WorkerStore.instant(row, 1),
                    row.getString(2),
                    row.getObject(3, Integer.class),
                    row.getInt(4),
                    WorkerStore.instant(row, 5),
                    row.getBoolean(6),
                    row.getLong(7)))
        .orElseThrow();
  }

  /// Asks that the end of a job be told to all nodes.
  ///
  /// @return empty if it has ended already, or is unknown
  public Optional<Awaited> await(JobId id) {
    return db.first(AWAIT, s -> s.setObject(1, id.value()), row -> new Awaited(row.getString(1)));
  }

  /// A job that somebody waits for.
  ///
  /// @param readyIn the queue in which a claim may just have passed it over; null if it is not
  ///   ready
  public record Awaited(@Nullable String readyIn) {}

  /// Stores how far jobs are.
  public void progress(List<Progress> news) {
    db.with(
        "storing progress",
        c ->
            Db.update(
                c,
                PROGRESS,
                s -> {
                  ClaimStore.bindHeld(c, s, news.stream().map(Progress::claim).toList());
                  s.setArray(
                      3, c.createArrayOf("int8", news.stream().map(Progress::done).toArray()));
                  s.setArray(
                      4, c.createArrayOf("int8", news.stream().map(Progress::total).toArray()));
                }));
  }
}
