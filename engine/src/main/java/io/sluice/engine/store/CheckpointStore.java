package io.sluice.engine.store;

import io.sluice.engine.JobId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What steps recorded.
public final class CheckpointStore {
  /// Values over this many stored bytes are not loaded with their scope but when their step is
  /// reached.
  private static final int LOAD_LIMIT_BYTES = 64 << 10;

  /// Records of many jobs at once. Each row is fenced: its job is locked, which a rescuer respects,
  /// and only the holder of the fence gets its record in. What comes back was recorded.
  static final Sql RECORD =
      new Sql(
          """
          with held as (
            select u.*
            from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[],
                        ?::timestamptz[])
                 u(job_id, fence, scope, name, status, attempt, value, error, started_at)
            join sluice_engine.job j on j.id = u.job_id and j.fence = u.fence
            for no key update of j)
          insert into sluice_engine.checkpoint as c
            (job_id, scope, name, status, attempt, fence, value, error, started_at)
          select job_id, scope, name, status, attempt, fence, value::jsonb, error::jsonb, started_at from held
          on conflict (job_id, scope, name) do update
            set status = excluded.status, attempt = excluded.attempt, fence = excluded.fence, value = excluded.value,
                error = excluded.error, recorded_at = now()
            where c.status = 'retrying'
          returning job_id, scope, name
          """);

  /// Records in the transaction that ended the jobs: their fences have been looked at, their rows
  /// are locked.
  static final Sql RECORD_ENDED =
      new Sql(
          """
          insert into sluice_engine.checkpoint as c
            (job_id, fence, scope, name, status, attempt, value, error, started_at)
          select u.job_id, u.fence, u.scope, u.name, u.status, u.attempt, u.value::jsonb, u.error::jsonb, u.started_at
          from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[],
                      ?::timestamptz[])
               u(job_id, fence, scope, name, status, attempt, value, error, started_at)
          on conflict (job_id, scope, name) do update
            set status = excluded.status, attempt = excluded.attempt, fence = excluded.fence, value = excluded.value,
                error = excluded.error, recorded_at = now()
            where c.status = 'retrying'
          """);

  static final Sql STAGE =
      new Sql(
          """
          with reached as (
            update sluice_engine.job j set stage = u.stage
            from unnest(?::uuid[], ?::int[], ?::text[]) u(id, fence, stage)
            where j.id = u.id and j.fence = u.fence
            returning j.id, j.tenant_id, j.stage, j.kind)
          insert into sluice_engine.event (id, tenant_id, job_id, type, severity, code, payload)
          select sluice_engine.uuid_v7(), tenant_id, id, 'stage_done', 'info', kind || '.' || stage,
            jsonb_build_object('stage', stage)
          from reached
          """);

  static final Sql LOAD =
      new Sql(
          """
          select name, status, attempt, error::text,
            case when pg_column_size(value) <= ? then value::text end,
            coalesce(pg_column_size(value) > ?, false)
          from sluice_engine.checkpoint where job_id = ? and scope = ?
          """);

  static final Sql LOAD_ONE =
      new Sql(
          """
          select name, status, attempt, error::text, value::text, false
          from sluice_engine.checkpoint where job_id = ? and scope = ? and name = ?
          """);

  static final Sql FENCE =
      new Sql(
          "select fence from sluice_engine.checkpoint where job_id = ? and scope = ? and name = ?");

  /// A checkpoint as stored.
  ///
  /// @param status `done`, `failed` (for good), or `retrying`
  /// @param attempt of the step
  /// @param valueJson null unless done, and if it is apart
  /// @param apart the value is large and must be loaded by itself
  public record Stored(
      String name,
      String status,
      int attempt,
      @Nullable String errorJson,
      @Nullable String valueJson,
      boolean apart) {}

  /// A checkpoint to record.
  ///
  /// @param stage set when the step is one of its kind's stages
  public record Entry(
      Claim claim,
      String scope,
      String name,
      String status,
      int attempt,
      @Nullable String valueJson,
      @Nullable String errorJson,
      Instant startedAt,
      boolean stage) {
    /// The same with a value, done.
    public Entry withValue(String json) {
      return new Entry(claim, scope, name, "done", attempt, json, null, startedAt, stage);
    }

    /// Which checkpoint of which job.
    public Key key() {
      return new Key(claim.id().value(), scope, name);
    }
  }

  /// The identity of a checkpoint.
  public record Key(UUID job, String scope, String name) {}

  private final Db db;

  /// On a database.
  public CheckpointStore(Db db) {
    this.db = db;
  }

  /// Records many, in one commit.
  ///
  /// @return those that were recorded; the others' fences have passed, or they had been recorded
  ///   before
  public Set<Key> record(List<Entry> entries) {
    boolean plain = entries.stream().noneMatch(Entry::stage);
    return plain
        ? db.with("recording steps", c -> recordOn(c, entries))
        : db.inTransaction("recording steps", c -> recordOn(c, entries));
  }

  /// Records on a transaction of the caller's.
  public static Set<Key> recordOn(Connection c, List<Entry> entries) throws SQLException {
    var recorded =
        new HashSet<>(Db.query(c, RECORD, s -> bind(c, s, entries), CheckpointStore::readKey));
    var stages = entries.stream().filter(e -> e.stage() && recorded.contains(e.key())).toList();
    if (!stages.isEmpty()) {
      Db.update(
          c,
          STAGE,
          s -> {
            ClaimStore.bindHeld(c, s, stages.stream().map(Entry::claim).toList());
            s.setArray(3, c.createArrayOf("text", stages.stream().map(Entry::name).toArray()));
          });
    }
    return recorded;
  }

  /// Records what jobs did last, in the transaction that has ended them.
  static void recordEnded(Connection c, List<Entry> entries) throws SQLException {
    Db.update(c, RECORD_ENDED, s -> bind(c, s, entries));
  }

  private static void bind(Connection c, java.sql.PreparedStatement s, List<Entry> entries)
      throws SQLException {
    ClaimStore.bindHeld(c, s, entries.stream().map(Entry::claim).toList());
    s.setArray(3, c.createArrayOf("text", entries.stream().map(Entry::scope).toArray()));
    s.setArray(4, c.createArrayOf("text", entries.stream().map(Entry::name).toArray()));
    s.setArray(5, c.createArrayOf("text", entries.stream().map(Entry::status).toArray()));
    s.setArray(6, c.createArrayOf("int4", entries.stream().map(Entry::attempt).toArray()));
    s.setArray(7, c.createArrayOf("text", entries.stream().map(Entry::valueJson).toArray()));
    s.setArray(8, c.createArrayOf("text", entries.stream().map(Entry::errorJson).toArray()));
    s.setArray(
        9,
        c.createArrayOf(
            "timestamptz", entries.stream().map(e -> Timestamp.from(e.startedAt())).toArray()));
  }

  private static Key readKey(ResultSet row) throws SQLException {
    return new Key(row.getObject(1, UUID.class), row.getString(2), row.getString(3));
  }

  /// All checkpoints of a scope, without those below it.
  public List<Stored> load(JobId job, String scope) {
    return db.query(
        LOAD,
        s -> {
          s.setInt(1, LOAD_LIMIT_BYTES);
          s.setInt(2, LOAD_LIMIT_BYTES);
          s.setObject(3, job.value());
          s.setString(4, scope);
        },
        CheckpointStore::read);
  }

  /// One checkpoint with its whole value.
  public @Nullable Stored load(JobId job, String scope, String name) {
    return db.first(
            LOAD_ONE,
            s -> {
              s.setObject(1, job.value());
              s.setString(2, scope);
              s.setString(3, name);
            },
            CheckpointStore::read)
        .orElse(null);
  }

  /// Who wrote a checkpoint; zero if it is not there.
  public int fenceOf(Key key) {
    return db.first(
            FENCE,
            s -> {
              s.setObject(1, key.job());
              s.setString(2, key.scope());
              s.setString(3, key.name());
            },
            row -> row.getInt(1))
        .orElse(0);
  }

  private static Stored read(ResultSet row) throws SQLException {
    return new Stored(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        row.getString(4),
        row.getString(5),
        row.getBoolean(6));
  }
}
