package io.sluice.engine.store;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.JobId;
import io.sluice.engine.StepRecord;
import io.sluice.engine.StepRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what steps recorded, and gives it to other jobs to begin with.
public final class CarryOverStore {
  static final Sql STEPS =
      new Sql(
          """
          select scope, name, status, attempt, started_at, recorded_at, value::text, error::text
          from sluice_engine.checkpoint
          where job_id = ? and (?::timestamptz is null or recorded_at >= ?::timestamptz)
          order by started_at, recorded_at, scope, name
          """);

  static final Sql VALUE =
      new Sql(
          """
          select value::text from sluice_engine.checkpoint
          where job_id = ? and scope = ? and name = ? and status = 'done'
          """);

  /// A job looks for records of earlier runs only if its fence says that there may be some.
  static final Sql PREPARE =
      new Sql(
          """
          update sluice_engine.job set fence = 2
          where id = ? and state = 'queued' and fence in (0, 2) and started_at is null
          """);

  static final Sql COPY =
      new Sql(
          """
          insert into sluice_engine.checkpoint
            (job_id, scope, name, status, attempt, fence, value, started_at, recorded_at)
          select ?::uuid, c.scope, c.name, c.status, c.attempt, 0, c.value, c.started_at, c.recorded_at
          from sluice_engine.checkpoint c
          join unnest(?::text[], ?::text[]) u(scope, name) on c.scope = u.scope and c.name = u.name
          where c.job_id = ? and c.status = 'done'
          on conflict (job_id, scope, name) do nothing
          """);

  static final Sql PLANT =
      new Sql(
          """
          insert into sluice_engine.checkpoint (job_id, scope, name, status, fence, value, started_at)
          values (?, ?, ?, 'done', 0, ?::jsonb, now())
          on conflict (job_id, scope, name) do update set value = excluded.value, started_at = now(), recorded_at = now()
          """);

  private final Db db;

  /// On a database.
  public CarryOverStore(Db db) {
    this.db = db;
  }

  /// What the steps of a job recorded.
  ///
  /// @param error reads an error
  public List<StepRecord> steps(
      JobId job, @Nullable Instant since, Function<String, io.sluice.engine.JobError> error) {
    var from = since == null ? null : Timestamp.from(since);
    return db.query(
        STEPS,
        s -> {
          s.setObject(1, job.value());
          s.setTimestamp(2, from);
          s.setTimestamp(3, from);
        },
        row -> read(row, error));
  }

  private static StepRecord read(ResultSet row, Function<String, io.sluice.engine.JobError> error)
      throws SQLException {
    var failure = row.getString(8);
    return new StepRecord(
        new StepRef(row.getString(1), row.getString(2)),
        row.getString(3),
        row.getInt(4),
        row.getTimestamp(5).toInstant(),
        row.getTimestamp(6).toInstant(),
        row.getString(7),
        failure == null ? null : error.apply(failure));
  }

  /// What a step returned.
  public Optional<String> value(JobId job, StepRef step) {
    return db.first(VALUE, s -> bind(s, job, step), row -> row.getString(1));
  }

  private static void bind(PreparedStatement s, JobId job, StepRef step) throws SQLException {
    s.setObject(1, job.value());
    s.setString(2, step.scope());
    s.setString(3, step.name());
  }

  /// Copies records to a job that has not begun.
  public static int copy(Connection c, JobId from, JobId to, Collection<StepRef> steps)
      throws SQLException {
    prepare(c, to);
    return Db.update(
        c,
        COPY,
        s -> {
          s.setObject(1, to.value());
          s.setArray(2, c.createArrayOf("text", steps.stream().map(StepRef::scope).toArray()));
          s.setArray(3, c.createArrayOf("text", steps.stream().map(StepRef::name).toArray()));
          s.setObject(4, from.value());
        });
  }

  /// Records a step of a job that has not begun.
  public static void plant(Connection c, JobId to, StepRef step, String json) throws SQLException {
    prepare(c, to);
    Db.update(
        c,
        PLANT,
        s -> {
          bind(s, to, step);
          s.setString(4, json);
        });
  }

  private static void prepare(Connection c, JobId job) throws SQLException {
    if (Db.update(c, PREPARE, s -> s.setObject(1, job.value())) == 0) {
      throw new EngineProblem.Misuse(
          "Job " + job + " may have begun; carry over in the transaction that enqueues it");
    }
  }
}
