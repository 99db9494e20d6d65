package io.sluice.engine.store;

import io.sluice.engine.JobId;
import io.sluice.engine.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Takes jobs out of the queue.
public final class ClaimStore {
  /// Renews the lease and claims in one statement; see the function for why it is one.
  static final Sql CLAIM =
      new Sql("select * from sluice_engine.claim(?, ?::interval, ?, ?, ?, ?, ?)");

  static final Sql CLAIM_ALONE =
      new Sql("select * from sluice_engine.claim_alone(?, ?::interval, ?, ?)");

  /// Gives claimed jobs back unspent. They keep their place in the queue.
  static final Sql HAND_OVER =
      new Sql(
          """
          with back as (
            update sluice_engine.job j
            set state = 'queued', hold = sluice_engine.entry_hold(j.limit_key, j.crashes),
                ready = sluice_engine.entry_hold(j.limit_key, j.crashes) is null, admitted = false,
                fence = j.fence + 1, worker_id = null
            from unnest(?::uuid[], ?::int[]) u(id, fence)
            where j.id = u.id and j.fence = u.fence and j.state = 'working'
            returning j.id, j.fence, j.started_at, j.queue, j.limit_key)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why, attempt_started_at)
            select id, fence, 'working', 'queued', ?, ?, started_at from back)
          select distinct queue, limit_key from back
          """);

  /// What a worker still holds of batches that it took a while ago.
  static final Sql HELD =
      new Sql(
          """
          select j.id, j.fence from sluice_engine.job j
          where j.id = any (array(
              select unnest(b.jobs) from sluice_engine.claim_batch b
              where b.worker_id = ? and b.number = any (?) and b.claimed_at < clock_timestamp() - ?::interval))
            and j.worker_id = ?
          """);

  /// Strikes batches of which the worker holds nothing, if it claimed them a while ago.
  static final Sql FORGET =
      new Sql(
          """
          delete from sluice_engine.claim_batch b
          where b.worker_id = ? and b.number = any (?) and b.claimed_at < clock_timestamp() - ?::interval
            and not exists (select from sluice_engine.job j where j.id = any (b.jobs) and j.worker_id = b.worker_id)
          """);

  private final Db db;

  /// On a database.
  public ClaimStore(Db db) {
    this.db = db;
  }

  /// Who claims.
  ///
  /// @param worker its id
  /// @param lease until the claim has to be renewed
  /// @param batch the number under which what is claimed is noted
  public record Claimant(UUID worker, Duration lease, long batch) {}

  /// Claims ready jobs of a queue, in claim order.
  ///
  /// @param most how many at most
  /// @param over batches of the worker of which nothing is left
  /// @return none also if the worker is dead
  public List<Claim> claim(
      Claimant by, String queue, Collection<String> kinds, int most, Collection<Long> over) {
    return db.with(
        "claiming jobs",
        c ->
            Db.query(
                c,
                CLAIM,
                s -> {
                  s.setObject(1, by.worker());
                  s.setString(2, EnqueueStore.interval(by.lease()));
                  s.setString(3, queue);
                  s.setArray(4, c.createArrayOf("text", kinds.toArray()));
                  s.setInt(5, most);
                  s.setLong(6, by.batch());
                  s.setArray(7, c.createArrayOf("int8", over.toArray()));
                },
                row -> read(row, queue, 1)));
  }

  /// Claims one suspect, if there is one.
  public List<Claim> claimAlone(Claimant by, Collection<String> kinds) {
    return db.with(
        "claiming a suspect",
        c ->
            Db.query(
                c,
                CLAIM_ALONE,
                s -> {
                  s.setObject(1, by.worker());
                  s.setString(2, EnqueueStore.interval(by.lease()));
                  s.setArray(3, c.createArrayOf("text", kinds.toArray()));
                  s.setLong(4, by.batch());
                },
                row -> read(row, row.getString(1), 2)));
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

  /// What a worker still holds of these batches, if it claimed them longer ago than a time.
  public List<Held> held(UUID worker, Collection<Long> batches, Duration longer) {
    return db.with(
        "looking for forgotten jobs",
        c ->
            Db.query(
                c,
                HELD,
                s -> {
                  s.setObject(1, worker);
                  s.setArray(2, c.createArrayOf("int8", batches.toArray()));
                  s.setString(3, EnqueueStore.interval(longer));
                  s.setObject(4, worker);
                },
                row -> new Held(row.getObject(1, UUID.class), row.getInt(2))));
  }

  /// Strikes those of these batches that the worker claimed longer ago than a time, and holds
  /// nothing of.
  public void forget(UUID worker, Collection<Long> batches, Duration longer) {
    db.with(
        "forgetting claims",
        c ->
            Db.update(
                c,
                FORGET,
                s -> {
                  s.setObject(1, worker);
                  s.setArray(2, c.createArrayOf("int8", batches.toArray()));
                  s.setString(3, EnqueueStore.interval(longer));
                }));
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
    s.setString(1, Db.array(claims, k -> k.id().value()));
    s.setArray(
        2, c.createArrayOf("int4", claims.stream().map(Claim::fence).toArray(Integer[]::new)));
  }

  /// @param first the column that the claim begins with
  private static Claim read(ResultSet row, String queue, int first) throws SQLException {
    double left = row.getDouble(first + 13);
    Long timeLeft = row.wasNull() ? null : Math.round(left * 1000);
    int fence = row.getInt(first + 4);
    return new Claim(
        new JobId(row.getObject(first, UUID.class)),
        new TenantId(row.getObject(first + 1, UUID.class)),
        queue,
        row.getString(first + 2),
        row.getInt(first + 3),
        fence,
        row.getInt(first + 5),
        row.getInt(first + 6),
        fence > 1,
        row.getString(first + 7),
        row.getString(first + 8),
        row.getString(first + 9),
        row.getObject(first + 10, UUID.class),
        row.getString(first + 11),
        Math.round(row.getDouble(first + 12) * 1000),
        timeLeft);
  }
}
