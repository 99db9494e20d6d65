package io.sluice.engine.store;

import io.sluice.engine.Kind;
import io.sluice.engine.LimitRule;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Workers: their registration, leases, and what becomes of the jobs of dead ones.
public final class WorkerStore {
  static final Sql REGISTER =
      new Sql(
          """
          insert into sluice_engine.worker (id, name, lease_until, kinds, queues)
          values (?, ?, now() + ?::interval, ?, ?)
          """);

  static final Sql DECLARE_KIND =
      new Sql(
          """
          insert into sluice_engine.kind as k (name, queue, version, limit_name, priority, stages)
          values (?, ?, ?, ?, ?, ?)
          on conflict (name) do update
            set queue = excluded.queue, version = excluded.version, limit_name = excluded.limit_name,
                priority = excluded.priority, stages = excluded.stages
            where k.version <= excluded.version
              and (k.queue, k.version, k.limit_name, k.priority, k.stages)
                  is distinct from
                  (excluded.queue, excluded.version, excluded.limit_name, excluded.priority, excluded.stages)
          """);

  static final Sql DECLARE_LIMIT =
      new Sql(
          """
          insert into sluice_engine.limit_rule (name, max_running, rate, rate_period) values (?, ?, ?, ?::interval)
          on conflict (name) do nothing
          """);

  static final Sql RETIRE = new Sql("update sluice_engine.worker set dead = true where id = ?");

  /// The pulse: renews the lease, forgets the batches that are over, and looks at all that time may
  /// have brought, in one statement.
  static final Sql PULSE =
      new Sql(
          """
          with forgotten as (
            delete from sluice_engine.claim_batch b where b.worker_id = ? and b.number = any (?))
          update sluice_engine.worker w set lease_until = clock_timestamp() + ?::interval
          where w.id = ? and not w.dead
          returning
            clock_timestamp(),
            (select min(j.wake_at) from sluice_engine.job j where j.wake_at is not null),
            (select min(j.deadline_at) from sluice_engine.job j where j.deadline_at is not null),
            (select min(case when o.dead then '-infinity' else o.lease_until end) from sluice_engine.worker o
             where o.id <> w.id and exists (select from sluice_engine.claim_batch b where b.worker_id = o.id)),
            (select min(s.next_at) from sluice_engine.schedule s where not s.paused),
            exists (select from sluice_engine.job j where j.hold = 'limit'),
            exists (select from sluice_engine.job j where j.hold = 'alone'),
            array(select q from unnest(?::text[]) q where exists (
              select from sluice_engine.job j where j.queue = q and j.ready)),
            array(select b.number from sluice_engine.claim_batch b where b.worker_id = w.id)
          """);

  /// A worker whose lease ran out while it held jobs is dead for ever.
  static final Sql BURY =
      new Sql(
          """
          update sluice_engine.worker w set dead = true
          where not w.dead and w.lease_until < clock_timestamp()
            and exists (select from sluice_engine.claim_batch b
              join sluice_engine.job j on j.id = any (b.jobs) and j.worker_id = b.worker_id
              where b.worker_id = w.id)
          """);

  /// Takes the jobs of dead workers: back to the queue, or to deadletter after the last crash they
  /// may have.
  static final Sql RESCUE =
      new Sql(
          """
          with lost as (
            select j.id from sluice_engine.job j
            where j.id = any (array(
                select unnest(b.jobs) from sluice_engine.claim_batch b
                join sluice_engine.worker w on w.id = b.worker_id where w.dead))
              and j.worker_id = any (array(select w.id from sluice_engine.worker w where w.dead))
            order by j.id limit 1000 for update skip locked)
          , old as (
            select j.id, j.worker_id, j.started_at from sluice_engine.job j where j.id = any (array(select id from lost)))
          , rescued as (
            update sluice_engine.job j
            set state = case when j.crashes + 1 >= ? then 'deadletter' else 'queued' end::sluice_engine.job_state,
                fence = j.fence + 1, worker_id = null, crashes = j.crashes + 1, admitted = false,
                ready = j.crashes + 1 < ? and sluice_engine.entry_hold(j.limit_key, (j.crashes + 1)::smallint) is null,
                deadline_at = case when j.crashes + 1 < ? then j.deadline_at end,
                hold = case when j.crashes + 1 < ?
                         then sluice_engine.entry_hold(j.limit_key, (j.crashes + 1)::smallint) end,
                finished_at = case when j.crashes + 1 >= ? then clock_timestamp() end,
                cause = case when j.crashes + 1 >= ? then 'WORKER_CRASHED: it was running when its worker died' end,
                last_error = jsonb_build_object('errorType', 'WORKER_CRASHED',
                  'message', 'it was running when its worker died, ' || j.crashes + 1 || ' times',
                  'timestamp', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                  'retryCount', j.attempt, 'permanent', j.crashes + 1 >= ?)
            where j.id = any (array(select id from lost)) and j.state = 'working'
            returning j.*)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why, attempt_started_at)
            select r.id, r.fence, 'working', r.state, 'engine', 'worker ' || o.worker_id || ' died', o.started_at
            from rescued r join old o on o.id = r.id)
          select j.id, j.fence, j.tenant_id, j.kind, j.limit_key, j.unique_key, j.parent_id, j.join_name, j.awaited,
            j.state::text, j.queue, j.hold::text
          from rescued j
          """);

  /// The batches of which nothing is left, of workers that do not strike them themselves.
  static final Sql FORGET =
      new Sql(
          """
          delete from sluice_engine.claim_batch b using sluice_engine.worker w
          where w.id = b.worker_id and (w.dead or w.lease_until < clock_timestamp())
            and not exists (select from sluice_engine.job j where j.id = any (b.jobs) and j.worker_id = b.worker_id)
          """);

  static final Sql SWEEP =
      new Sql(
          """
          delete from sluice_engine.worker w
          where w.lease_until < now() - interval '5 minutes'
            and not exists (select from sluice_engine.claim_batch b where b.worker_id = w.id)
          """);

  /// What a pulse saw.
  ///
  /// @param databaseNow PostgreSQL's clock
  /// @param timer the next due time of a timer; null: there is none
  /// @param deadline the next deadline
  /// @param lease when the next lease of a busy worker ends
  /// @param schedule the next firing
  /// @param blocked whether limits hold jobs
  /// @param suspects whether suspects wait
  /// @param ready the asked-for queues that have ready jobs
  /// @param batches what the worker claimed, and has not forgotten
  public record Pulse(
      Instant databaseNow,
      @Nullable Instant timer,
      @Nullable Instant deadline,
      @Nullable Instant lease,
      @Nullable Instant schedule,
      boolean blocked,
      boolean suspects,
      Set<String> ready,
      Set<Long> batches) {}

  /// What a rescue did.
  ///
  /// @param entered jobs that are in the queue again, one entry each
  /// @param result jobs that ended, and the parents that this woke
  public record Rescue(List<WakeStore.Entered> entered, EndStore.Result result) {}

  private final Db db;

  /// On a database.
  public WorkerStore(Db db) {
    this.db = db;
  }

  /// Makes a worker known, with what it can do.
  public void register(
      UUID id,
      String name,
      Duration lease,
      Collection<Kind<?, ?>> kinds,
      Collection<String> queues) {
    db.inTransaction(
        "registering a worker",
        c -> {
          for (var kind : kinds) {
            declare(c, kind);
          }
          return Db.update(
              c,
              REGISTER,
              s -> {
                s.setObject(1, id);
                s.setString(2, name);
                s.setString(3, EnqueueStore.interval(lease));
                s.setArray(4, c.createArrayOf("text", kinds.stream().map(Kind::name).toArray()));
                s.setArray(5, c.createArrayOf("text", queues.toArray()));
              });
        });
  }

  private static void declare(Connection c, Kind<?, ?> kind) throws SQLException {
    var limit = kind.limit();
    Db.update(
        c,
        DECLARE_KIND,
        s -> {
          s.setString(1, kind.name());
          s.setString(2, kind.queue());
          s.setInt(3, kind.version());
          s.setString(4, limit == null ? null : limit.name());
          s.setInt(5, kind.priority());
          s.setArray(6, c.createArrayOf("text", kind.stages().toArray()));
        });
    if (limit != null) {
      Db.update(c, DECLARE_LIMIT, s -> bindRule(s, limit));
    }
  }

  static void bindRule(java.sql.PreparedStatement s, LimitRule rule) throws SQLException {
    s.setString(1, rule.name());
    s.setObject(2, rule.maxRunning(), java.sql.Types.INTEGER);
    s.setObject(3, rule.rate(), java.sql.Types.INTEGER);
    s.setString(4, EnqueueStore.interval(rule.period()));
  }

  /// A worker that stops in good order.
  public void retire(UUID id) {
    db.update(RETIRE, s -> s.setObject(1, id));
    db.update(FORGET, Db.Binder.NONE);
  }

  /// Renews the lease and looks around.
  ///
  /// @param over batches of the worker of which nothing is left
  /// @return empty if the worker is dead
  public Optional<Pulse> pulse(
      UUID id, Duration lease, Collection<String> queues, Collection<Long> over) {
    return db.with(
        "renewing the lease",
        c ->
            Db.first(
                c,
                PULSE,
                s -> {
                  s.setObject(1, id);
                  s.setArray(2, c.createArrayOf("int8", over.toArray()));
                  s.setString(3, EnqueueStore.interval(lease));
                  s.setObject(4, id);
                  s.setArray(5, c.createArrayOf("text", queues.toArray()));
                },
                WorkerStore::readPulse));
  }

  private static Pulse readPulse(ResultSet row) throws SQLException {
    return new Pulse(
        row.getTimestamp(1).toInstant(),
        instant(row, 2),
        instant(row, 3),
        instant(row, 4),
        instant(row, 5),
        row.getBoolean(6),
        row.getBoolean(7),
        Set.of((String[]) row.getArray(8).getArray()),
        Set.of((Long[]) row.getArray(9).getArray()));
  }

  static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  /// Buries workers whose lease ran out and takes their jobs, a thousand a call.
  ///
  /// @param maxCrashes a job ends in deadletter at this crash
  public Rescue rescue(int maxCrashes) {
    db.update(BURY, Db.Binder.NONE);
    return db.inTransaction(
        "rescuing the jobs of dead workers",
        c -> {
          var entered = new java.util.ArrayList<WakeStore.Entered>();
          var ended = new java.util.ArrayList<EndStore.Ended>();
          Db.query(
              c,
              RESCUE,
              s -> {
                for (int i = 1; i <= 7; i++) {
                  s.setInt(i, maxCrashes);
                }
              },
              row -> {
                var job = EndStore.Ended.read(row);
                return job.state().terminal()
                    ? ended.add(job)
                    : entered.add(
                        new WakeStore.Entered(
                            row.getString(11), job.limitKey(), row.getString(12)));
              });
          Db.update(c, FORGET, Db.Binder.NONE);
          return new Rescue(entered, EndStore.settle(c, ended));
        });
  }

  /// Forgets workers that have been gone for long.
  public void sweep() {
    db.update(SWEEP, Db.Binder.NONE);
  }
}
