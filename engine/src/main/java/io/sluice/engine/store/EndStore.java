package io.sluice.engine.store;

import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.model.Move;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ends jobs and attempts. What the end of a job means to others (its unique key, the parent that
/// counts it, those who wait for it) is settled in the same transaction, by [#settle].
public final class EndStore {
  private static final String ENDED =
      "j.id, j.fence, j.tenant_id, j.kind, j.limit_key, j.unique_key, j.parent_id, j.join_name, j.awaited, j.state::text";

  static final Sql FAIL =
      new Sql(
          """
          with failed as (
            update sluice_engine.job j
            set state = 'retryable', admitted = false, fence = j.fence + 1, worker_id = null, attempt = j.attempt + 1,
                wake_at = clock_timestamp() + ?::interval, last_error = ?::jsonb
            where j.id = ? and j.fence = ? and j.state = 'working'
            returning j.id, j.fence, j.started_at, j.last_error, j.limit_key)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why, attempt_started_at, error)
            select id, fence, 'working', 'retryable', ?, ?, started_at, last_error from failed)
          select id from failed
          """);

  static final Sql GIVE_UP =
      new Sql(
          """
          with given_up as (
            update sluice_engine.job j
            set state = 'deadletter', admitted = false, fence = j.fence + 1, worker_id = null,
                attempt = j.attempt + 1, deadline_at = null, finished_at = clock_timestamp(), last_error = ?::jsonb, cause = ?
            where j.id = ? and j.fence = ? and j.state = 'working'
            returning j.*)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why, attempt_started_at, error)
            select id, fence, 'working', 'deadletter', ?, ?, started_at, last_error from given_up)
          select
          """
              + ENDED
              + " from given_up j");

  static final Sql FAMILY =
      new Sql(
          """
          with recursive family(id) as (
            values (?::uuid)
            union all
            select j.id from sluice_engine.job j join family f on j.parent_id = f.id)
          select f.id from family f
          """);

  /// Cancels what has not ended; `old` locks the rows and remembers what they were.
  static final Sql CANCEL =
      new Sql(
          """
          with old as (
            select id, state, started_at from sluice_engine.job where id = any (?) order by id for update)
          , cancelled as (
            update sluice_engine.job j
            set state = 'cancelled', ready = false, admitted = false, hold = null, wake_at = null, worker_id = null,
                deadline_at = null, finished_at = clock_timestamp(),
                fence = j.fence + case when j.state = 'working' then 1 else 2 end, wait_reason = null
            where j.id = any (array(select id from old)) and j.state in ('queued', 'working', 'waiting', 'retryable')
            returning j.*)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why, attempt_started_at)
            select c.id, c.fence, o.state, 'cancelled', ?, 'cancelled', o.started_at
            from cancelled c join old o on o.id = c.id)
          select
          """
              + ENDED
              + " from cancelled j");

  static final Sql EXPIRE =
      new Sql(
          """
          with old as (
            select id, state, started_at from sluice_engine.job
            where deadline_at <= now()
            order by id limit 500 for update skip locked)
          , expired as (
            update sluice_engine.job j
            set state = 'deadletter', ready = false, admitted = false, hold = null, wake_at = null, worker_id = null,
                wait_reason = null, deadline_at = null, finished_at = clock_timestamp(), fence = j.fence + case when j.state = 'working' then 1 else 2 end,
                cause = 'DEADLINE_EXCEEDED: the deadline passed',
                last_error = jsonb_build_object('errorType', 'DEADLINE_EXCEEDED', 'message', 'the deadline passed',
                  'timestamp', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                  'retryCount', j.attempt, 'permanent', true)
            where j.id = any (array(select id from old))
              and j.state in ('queued', 'working', 'waiting', 'retryable')
            returning j.*)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why, attempt_started_at, error)
            select e.id, e.fence, o.state, 'deadletter', 'engine', 'the deadline passed', o.started_at, e.last_error
            from expired e join old o on o.id = e.id)
          select
          """
              + ENDED
              + " from expired j");

  static final Sql RELEASE_KEYS =
      new Sql(
          """
          delete from sluice_engine.unique_key k
          using unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[]) u(tenant_id, kind, key, job_id)
          where k.tenant_id = u.tenant_id and k.kind = u.kind and k.key = u.key and k.job_id = u.job_id
            and k.expires_at is null
          """);

  /// Counts ended children down, a row a group however many ended, in the order of the primary key.
  static final Sql COUNT_DOWN =
      new Sql(
          """
          with ended as (
            select u.parent_id, u.name, count(*) as n from unnest(?::uuid[], ?::text[]) u(parent_id, name)
            group by 1, 2)
          , locked as (
            select g.parent_id, g.name, e.n from sluice_engine.child_group g
            join ended e on e.parent_id = g.parent_id and e.name = g.name
            order by g.parent_id, g.name for update of g)
          update sluice_engine.child_group g set pending = g.pending - l.n
          from locked l where l.parent_id = g.parent_id and l.name = g.name
          returning g.parent_id, g.pending
          """);

  /// A job that ended, with what its end means to others.
  public record Ended(
      JobId id,
      int fence,
      UUID tenant,
      String kind,
      @Nullable String limitKey,
      @Nullable String uniqueKey,
      @Nullable UUID parent,
      @Nullable String joinName,
      boolean awaited,
      JobState state) {
    static Ended done(Claim claim, boolean awaited) {
      return new Ended(
          claim.id(),
          claim.fence() + 1,
          claim.tenant().value(),
          claim.kind(),
          claim.limitKey(),
          claim.uniqueKey(),
          claim.parent(),
          claim.joinName(),
          awaited,
          JobState.DONE);
    }

    static Ended read(ResultSet row) throws SQLException {
      return new Ended(
          new JobId(row.getObject(1, UUID.class)),
          row.getInt(2),
          row.getObject(3, UUID.class),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          row.getObject(7, UUID.class),
          row.getString(8),
          row.getBoolean(9),
          JobState.of(row.getString(10)));
    }
  }

  /// What a call ended, and which parents it woke.
  ///
  /// @param woken queues and limit keys that have work again
  /// @param joined parents of which a group of children has ended: one that still runs waits in
  ///   place
  public record Result(List<Ended> ended, List<WakeStore.Entered> woken, List<JobId> joined) {}

  private final Db db;

  /// On a database.
  public EndStore(Db db) {
    this.db = db;
  }

  /// Puts a failed job aside for its backoff.
  ///
  /// @return false if the fence has passed
  public boolean fail(Claim claim, Duration delay, String errorJson, UUID worker, String why) {
    return db.first(
            FAIL,
            s -> {
              s.setString(1, EnqueueStore.interval(delay));
              s.setString(2, errorJson);
              s.setObject(3, claim.id().value());
              s.setInt(4, claim.fence());
              s.setString(5, worker.toString());
              s.setString(6, why);
            },
            row -> row.getObject(1))
        .isPresent();
  }

  /// Ends a job in `deadletter`. Nothing is among the ended if the fence has passed.
  public Result giveUp(Claim claim, String errorJson, String cause, UUID worker, String why) {
    return db.inTransaction(
        "ending a job in deadletter",
        c ->
            settle(
                c,
                Db.query(
                    c,
                    GIVE_UP,
                    s -> {
                      s.setString(1, errorJson);
                      s.setString(2, cause);
                      s.setObject(3, claim.id().value());
                      s.setInt(4, claim.fence());
                      s.setString(5, worker.toString());
                      s.setString(6, why);
                    },
                    Ended::read)));
  }

  /// Cancels a job and its descendants.
  public Result cancel(JobId job, String who) {
    return db.inTransaction(
        "cancelling a job",
        c -> {
          var ended = new ArrayList<Ended>();
          while (ended.addAll(cancelFamily(c, job, who))) {
            // Once more: a child that was being enqueued meanwhile is seen now.
          }
          return settle(c, ended);
        });
  }

  private static List<Ended> cancelFamily(Connection c, JobId job, String who) throws SQLException {
    var family =
        Db.query(c, FAMILY, s -> s.setObject(1, job.value()), row -> row.getObject(1, UUID.class));
    return Db.query(
        c,
        CANCEL,
        s -> {
          s.setArray(1, c.createArrayOf("uuid", family.toArray()));
          s.setString(2, who);
        },
        Ended::read);
  }

  /// Ends what has passed its deadline.
  public Result expire() {
    return db.inTransaction(
        "ending jobs past their deadline",
        c -> settle(c, Db.query(c, EXPIRE, Db.Binder.NONE, Ended::read)));
  }

  /// Settles what the end of these jobs means to others, in the transaction that ended them.
  static Result settle(Connection c, List<Ended> ended) throws SQLException {
    releaseKeys(c, ended.stream().filter(e -> e.uniqueKey() != null).toList());
    var joined = countDown(c, ended.stream().filter(e -> e.parent() != null).toList());
    var woken =
        joined.isEmpty()
            ? List.<WakeStore.Entered>of()
            : WakeStore.wake(c, joined, Move.WAKE, "engine", "its children ended");
    return new Result(ended, woken, joined.stream().map(JobId::new).toList());
  }

  private static void releaseKeys(Connection c, List<Ended> keyed) throws SQLException {
    if (keyed.isEmpty()) {
      return;
    }
    Db.update(
        c,
        RELEASE_KEYS,
        s -> {
          s.setArray(1, c.createArrayOf("uuid", keyed.stream().map(Ended::tenant).toArray()));
          s.setArray(2, c.createArrayOf("text", keyed.stream().map(Ended::kind).toArray()));
          s.setArray(3, c.createArrayOf("text", keyed.stream().map(Ended::uniqueKey).toArray()));
          s.setArray(4, c.createArrayOf("uuid", keyed.stream().map(e -> e.id().value()).toArray()));
        });
  }

  /// @return the parents of which a group is complete
  private static List<UUID> countDown(Connection c, List<Ended> children) throws SQLException {
    if (children.isEmpty()) {
      return List.of();
    }
    var complete = new ArrayList<UUID>();
    Db.query(
        c,
        COUNT_DOWN,
        s -> {
          s.setArray(1, c.createArrayOf("uuid", children.stream().map(Ended::parent).toArray()));
          s.setArray(2, c.createArrayOf("text", children.stream().map(Ended::joinName).toArray()));
        },
        row -> row.getInt(2) == 0 && complete.add(row.getObject(1, UUID.class)));
    return complete;
  }
}
