package io.sluice.engine.store;

import io.sluice.engine.JobId;
import io.sluice.engine.TenantId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Takes jobs out of the queue.
public final class ClaimStore {
  private static final String TAKEN =
      """
      returning j.id, j.tenant_id, j.queue, j.kind, j.version, j.fence, j.attempt, j.crashes, j.input::text,
        j.limit_key, j.unique_key, j.parent_id, j.join_name,
        (extract(epoch from clock_timestamp() - j.ready_order) * 1000)::bigint + j.priority * 30000,
        (extract(epoch from j.deadline_at - clock_timestamp()) * 1000)::bigint
      """;

  /// Renews the lease and claims in one statement: an idle worker's lease may be about to end. The
  /// ids are picked in the order of the index `job_ready`, and updated by `= any(array(…))`:
  /// written as a join with a filter on the state, the planner, whose statistics say that hardly a
  /// row is ready, loops over the table for each of the batch.
  static final Sql CLAIM =
      new Sql(
          """
          with lease as (
            update sluice_engine.worker set lease_until = now() + ?::interval where id = ? and not dead returning id)
          update sluice_engine.job j
          set state = 'working', fence = j.fence + 1, worker_id = ?, started_at = clock_timestamp()
          where j.id = any (array(
              select r.id from sluice_engine.job r
              where r.queue = ? and r.state = 'queued' and r.hold is null and r.kind = any (?)
                and not exists (select from sluice_engine.queue q where q.name = ? and q.paused_at is not null)
              order by r.ready_order limit ? for update skip locked))
            and exists (select from lease)
          """
              + TAKEN);

  /// Claims one suspect, from any queue.
  static final Sql CLAIM_ALONE =
      new Sql(
          """
          with lease as (
            update sluice_engine.worker set lease_until = now() + ?::interval where id = ? and not dead returning id)
          update sluice_engine.job j
          set state = 'working', hold = null, fence = j.fence + 1, worker_id = ?, started_at = clock_timestamp()
          where j.id = any (array(
              select r.id from sluice_engine.job r
              where r.hold = 'alone' and r.kind = any (?)
                and not exists (select from sluice_engine.queue q where q.name = r.queue and q.paused_at is not null)
              order by r.ready_order limit 1 for update skip locked))
            and exists (select from lease)
          """
              + TAKEN);

  /// Gives claimed jobs back unspent. They keep their place in the queue.
  static final Sql HAND_OVER =
      new Sql(
          """
          with back as (
            update sluice_engine.job j
            set state = 'queued', hold = sluice_engine.entry_hold(j.limit_key, j.crashes), fence = j.fence + 1,
                worker_id = null
            from unnest(?::uuid[], ?::int[]) u(id, fence)
            where j.id = u.id and j.fence = u.fence and j.state = 'working'
            returning j.id, j.fence, j.started_at, j.queue, j.limit_key)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why, attempt_started_at)
            select id, fence, 'working', 'queued', ?, ?, started_at from back)
          select distinct queue, limit_key from back
          """);

  /// What a worker has held for a while.
  static final Sql HELD =
      new Sql(
          """
          select id, fence from sluice_engine.job
          where worker_id = ? and started_at < clock_timestamp() - ?::interval
          """);

  private final Db db;

  /// On a database.
  public ClaimStore(Db db) {
    this.db = db;
  }

  /// Claims ready jobs of a queue, in claim order.
  ///
  /// @param most how many at most
  /// @return none also if the worker is dead
  public List<Claim> claim(
      UUID worker, Duration lease, String queue, Collection<String> kinds, int most) {
    return db.with(
        "claiming jobs",
        c -> {
          Array known = c.createArrayOf("text", kinds.toArray());
          return Db.query(
              c,
              CLAIM,
              s -> {
                s.setString(1, EnqueueStore.interval(lease));
                s.setObject(2, worker);
                s.setObject(3, worker);
                s.setString(4, queue);
                s.setArray(5, known);
                s.setString(6, queue);
                s.setInt(7, most);
              },
              ClaimStore::read);
        });
  }

  /// Claims one suspect, if there is one.
  public List<Claim> claimAlone(UUID worker, Duration lease, Collection<String> kinds) {
    return db.with(
        "claiming a suspect",
        c ->
            Db.query(
                c,
                CLAIM_ALONE,
                s -> {
                  s.setString(1, EnqueueStore.interval(lease));
                  s.setObject(2, worker);
                  s.setObject(3, worker);
                  s.setArray(4, c.createArrayOf("text", kinds.toArray()));
                },
                ClaimStore::read));
  }

  /// Where jobs were given back.
  ///
  /// @param queue that has them again
  /// @param limitKey that has room again; null without a limit
  public record Entered(String queue, @org.jspecify.annotations.Nullable String limitKey) {}

  /// A job in the hands of a worker.
  public record Held(UUID id, int fence) {
    /// As claimed.
    public static Held of(Claim claim) {
      return new Held(claim.id().value(), claim.fence());
    }
  }

  /// What a worker has held for longer than a time.
  public List<Held> held(UUID worker, Duration longer) {
    return db.query(
        HELD,
        s -> {
          s.setObject(1, worker);
          s.setString(2, EnqueueStore.interval(longer));
        },
        row -> new Held(row.getObject(1, UUID.class), row.getInt(2)));
  }

  /// Gives jobs back.
  ///
  /// @param why for the history
  public List<Entered> handOver(UUID worker, List<Held> held, String why) {
    return db.with(
        "handing jobs over",
        c ->
            Db.query(
                c,
                HAND_OVER,
                s -> {
                  s.setArray(1, c.createArrayOf("uuid", held.stream().map(Held::id).toArray()));
                  s.setArray(2, c.createArrayOf("int4", held.stream().map(Held::fence).toArray()));
                  s.setString(3, worker.toString());
                  s.setString(4, why);
                },
                row -> new Entered(row.getString(1), row.getString(2))));
  }

  /// Binds ids and fences as parameters 1 and 2.
  static void bindHeld(Connection c, java.sql.PreparedStatement s, List<Claim> claims)
      throws SQLException {
    s.setArray(1, c.createArrayOf("uuid", claims.stream().map(k -> k.id().value()).toArray()));
    s.setArray(2, c.createArrayOf("int4", claims.stream().map(Claim::fence).toArray()));
  }

  private static Claim read(ResultSet row) throws SQLException {
    long left = row.getLong(15);
    Long timeLeft = row.wasNull() ? null : left;
    int fence = row.getInt(6);
    return new Claim(
        new JobId(row.getObject(1, UUID.class)),
        new TenantId(row.getObject(2, UUID.class)),
        row.getString(3),
        row.getString(4),
        row.getInt(5),
        fence,
        row.getInt(7),
        row.getInt(8),
        fence > 1,
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getObject(12, UUID.class),
        row.getString(13),
        row.getLong(14),
        timeLeft);
  }
}
