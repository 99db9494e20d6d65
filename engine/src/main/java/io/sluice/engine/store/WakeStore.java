package io.sluice.engine.store;

import io.sluice.engine.JobId;
import io.sluice.engine.model.Move;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Parks jobs and wakes them: timers, signals, groups of children.
public final class WakeStore {
  static final Sql PARK =
      new Sql(
          """
          with parked as (
            update sluice_engine.job j
            set state = 'waiting', admitted = false, fence = j.fence + 1, worker_id = null, wake_at = ?, wait_reason = ?
            where j.id = ? and j.fence = ? and j.state = 'working'
            returning j.id, j.fence, j.started_at, j.wait_reason)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why, attempt_started_at)
            select id, fence, 'working', 'waiting', ?, wait_reason, started_at from parked)
          select id from parked
          """);

  /// What a job that has just been parked may have missed. The groups are locked: a child that is
  /// just being counted is waited for, so that either it wakes the parent or the parent sees it.
  static final Sql MISSED_SIGNAL =
      new Sql(
          "select 1 from sluice_engine.signal where job_id = ? and taken_by is null and name = any (?) limit 1");

  static final Sql GROUPS =
      new Sql(
          """
          select pending from sluice_engine.child_group
          where parent_id = ? and name = any (?) order by name for update
          """);

  static final Sql WAKE =
      new Sql(
          """
          with woken as (
            update sluice_engine.job j
            set state = 'queued', fence = j.fence + 2, wake_at = null, wait_reason = null,
                hold = sluice_engine.entry_hold(j.limit_key, j.crashes),
                ready = sluice_engine.entry_hold(j.limit_key, j.crashes) is null,
                ready_order = clock_timestamp() + j.priority * interval '30 seconds'
            where j.id = any (?) and j.state = 'waiting'
            returning j.id, j.fence, j.queue, j.limit_key, j.hold)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why)
            select id, fence, 'waiting', 'queued', ?, ? from woken)
          select distinct queue, limit_key, hold::text from woken
          """);

  /// Timers that rang, oldest first: backoffs, sleeps, time-outs of waits, run times.
  static final Sql DUE =
      new Sql(
          """
          with due as (
            select id, state from sluice_engine.job
            where wake_at <= clock_timestamp() order by wake_at limit ? for update skip locked)
          , woken as (
            update sluice_engine.job j
            set state = 'queued', fence = j.fence + 2, wake_at = null, wait_reason = null,
                hold = sluice_engine.entry_hold(j.limit_key, j.crashes),
                ready = sluice_engine.entry_hold(j.limit_key, j.crashes) is null,
                ready_order = clock_timestamp() + j.priority * interval '30 seconds'
            where j.id = any (array(select id from due)) and j.state in ('queued', 'waiting', 'retryable')
            returning j.id, j.fence, j.queue, j.limit_key, j.hold)
          , told as (
            insert into sluice_engine.move (job_id, fence, "from", "to", who, why)
            select w.id, w.fence, d.state, 'queued', 'engine',
              case d.state when 'waiting' then 'the timer rang' else 'the backoff is over' end
            from woken w join due d on d.id = w.id where d.state <> 'queued')
          select queue, limit_key, hold::text from woken
          """);

  static final Sql SIGNAL = new Sql("select sluice_engine.signal(?, ?, ?::jsonb)");

  /// Takes the oldest signal of a name, for a wait that is recorded in the same transaction.
  static final Sql TAKE =
      new Sql(
          """
          update sluice_engine.signal s set taken_by = ?
          where s.job_id = ? and s.id = (
            select o.id from sluice_engine.signal o
            where o.job_id = ? and o.name = ? and o.taken_by is null order by o.id limit 1 for update)
          returning s.payload::text
          """);

  static final Sql MAKE_GROUP =
      new Sql(
          """
          insert into sluice_engine.child_group (parent_id, name, total, pending) values (?, ?, ?, ?)
          """);

  static final Sql LOCK_PARENT =
      new Sql(
          "select 1 from sluice_engine.job where id = ? and finished_at is null for no key update");

  static final Sql GROUP_PENDING =
      new Sql("select pending from sluice_engine.child_group where parent_id = ? and name = ?");

  static final Sql CHILDREN =
      new Sql(
          """
          select id, state::text, result::text, last_error::text from sluice_engine.job
          where parent_id = ? and join_name = ? order by id
          """);

  /// A job that is in the queue again.
  ///
  /// @param queue it waits in
  /// @param limitKey it counts against; null for none
  /// @param hold why it is not ready yet; null when it is
  public record Entered(String queue, @Nullable String limitKey, @Nullable String hold) {
    static Entered read(ResultSet row) throws SQLException {
      return new Entered(row.getString(1), row.getString(2), row.getString(3));
    }
  }

  /// What a job waits for.
  ///
  /// @param until its timer; null for none
  /// @param signals any of these wakes it
  /// @param groups the end of any of these groups of children wakes it
  /// @param reason in words
  public record Waits(
      @Nullable Instant until, List<String> signals, List<String> groups, String reason) {}

  /// How a child ended, or that it has not.
  public record ChildRow(
      JobId id, String state, @Nullable String resultJson, @Nullable String errorJson) {}

  private final Db db;

  /// On a database.
  public WakeStore(Db db) {
    this.db = db;
  }

  /// Parks a job, unless what it waits for has come meanwhile: then it goes back to the queue at
  /// once.
  ///
  /// @return empty if the fence has passed; otherwise where it entered, if it did
  public Optional<List<Entered>> park(Claim claim, UUID worker, Waits waits) {
    return db.inTransaction(
        "parking a job",
        c -> {
          if (!parkOn(c, claim, worker, waits)) {
            return Optional.empty();
          }
          return Optional.of(
              missed(c, claim.id(), waits)
                  ? wake(
                      c,
                      List.of(claim.id().value()),
                      Move.WAKE,
                      "engine",
                      "what it waits for has come")
                  : List.of());
        });
  }

  private static boolean parkOn(Connection c, Claim claim, UUID worker, Waits waits)
      throws SQLException {
    return Db.first(
            c,
            PARK,
            s -> {
              s.setTimestamp(1, waits.until() == null ? null : Timestamp.from(waits.until()));
              s.setString(2, waits.reason());
              s.setObject(3, claim.id().value());
              s.setInt(4, claim.fence());
              s.setString(5, worker.toString());
            },
            row -> true)
        .isPresent();
  }

  private static boolean missed(Connection c, JobId job, Waits waits) throws SQLException {
    if (!waits.signals().isEmpty()
        && Db.first(c, MISSED_SIGNAL, s -> bindNames(c, s, job, waits.signals()), row -> true)
            .isPresent()) {
      return true;
    }
    return !waits.groups().isEmpty()
        && Db.query(c, GROUPS, s -> bindNames(c, s, job, waits.groups()), row -> row.getInt(1))
            .contains(0);
  }

  private static void bindNames(
      Connection c, java.sql.PreparedStatement s, JobId job, List<String> names)
      throws SQLException {
    s.setObject(1, job.value());
    s.setArray(2, c.createArrayOf("text", names.toArray()));
  }

  /// Wakes waiting jobs, in the caller's transaction.
  static List<Entered> wake(Connection c, Collection<UUID> jobs, Move move, String who, String why)
      throws SQLException {
    if (move.to() != io.sluice.engine.JobState.QUEUED) {
      throw new IllegalArgumentException(move + " wakes nobody");
    }
    return Db.query(
        c,
        WAKE,
        s -> {
          s.setArray(1, c.createArrayOf("uuid", jobs.toArray()));
          s.setString(2, who);
          s.setString(3, why);
        },
        Entered::read);
  }

  /// Puts jobs whose timer rang back in the queue.
  ///
  /// @return one entry a job
  public List<Entered> due(int most) {
    return db.query(DUE, s -> s.setInt(1, most), Entered::read);
  }

  /// Sends a signal, in the caller's transaction.
  ///
  /// @return false if there is no such job, or it has ended
  public static boolean signal(Connection c, JobId job, String name, String payloadJson)
      throws SQLException {
    return Db.first(
            c,
            SIGNAL,
            s -> {
              s.setObject(1, job.value());
              s.setString(2, name);
              s.setString(3, payloadJson);
            },
            row -> row.getBoolean(1))
        .orElse(false);
  }

  /// Takes the oldest signal of a name and records the wait, in one transaction.
  ///
  /// @param wait records the payload; its value is filled in here
  /// @return the payload as JSON; empty if there is no signal, or the fence has passed
  public Optional<String> take(CheckpointStore.Entry wait, String signal) {
    return db.inTransaction(
        "taking a signal",
        c -> {
          var payload = takeOn(c, wait, signal);
          if (payload.isEmpty()) {
            return payload;
          }
          var entry = wait.withValue(payload.get());
          if (CheckpointStore.recordOn(c, List.of(entry)).isEmpty()) {
            c.rollback();
            return Optional.empty();
          }
          return payload;
        });
  }

  private static Optional<String> takeOn(Connection c, CheckpointStore.Entry wait, String signal)
      throws SQLException {
    return Db.first(
        c,
        TAKE,
        s -> {
          s.setString(1, wait.scope().isEmpty() ? wait.name() : wait.scope() + "/" + wait.name());
          s.setObject(2, wait.claim().id().value());
          s.setObject(3, wait.claim().id().value());
          s.setString(4, signal);
        },
        row -> Optional.ofNullable(row.getString(1)).orElse("null"));
  }

  /// Locks a job that is to get children, so that it does not end meanwhile.
  ///
  /// @return false if it has ended, or is not there
  public static boolean lockParent(Connection c, JobId parent) throws SQLException {
    return Db.first(c, LOCK_PARENT, s -> s.setObject(1, parent.value()), _ -> true).orElse(false);
  }

  /// Opens a group of children, in the transaction that enqueues them.
  public static void makeGroup(Connection c, JobId parent, String name, int total)
      throws SQLException {
    Db.update(
        c,
        MAKE_GROUP,
        s -> {
          s.setObject(1, parent.value());
          s.setString(2, name);
          s.setInt(3, total);
          s.setInt(4, total);
        });
  }

  /// How many children of a group have not ended.
  public int pending(JobId parent, String group) {
    return db.first(
            GROUP_PENDING,
            s -> {
              s.setObject(1, parent.value());
              s.setString(2, group);
            },
            row -> row.getInt(1))
        .orElse(0);
  }

  /// The children of a group, in the order of their enqueue.
  public List<ChildRow> children(JobId parent, String group) {
    return db.query(
        CHILDREN,
        s -> {
          s.setObject(1, parent.value());
          s.setString(2, group);
        },
        row ->
            new ChildRow(
                new JobId(row.getObject(1, UUID.class)),
                row.getString(2),
                row.getString(3),
                row.getString(4)));
  }
}
