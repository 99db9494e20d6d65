package io.sluice.engine.store;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Kind;
import io.sluice.engine.UniqueKey;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Puts jobs in.
public final class EnqueueStore {
  /// A job holds its unique key from here on. Two transactions with one key follow each other: the
  /// second waits for the first to commit, and then finds its job.
  static final Sql TAKE_KEY =
      new Sql(
          """
          insert into sluice_engine.unique_key as u (tenant_id, kind, key, job_id, expires_at)
          values (?, ?, ?, ?, now() + ?::interval)
          on conflict (tenant_id, kind, key) do update
            set job_id = case when u.expires_at < now() then excluded.job_id else u.job_id end,
                expires_at = case when u.expires_at < now() then excluded.expires_at else u.expires_at end
          returning u.job_id
          """);

  /// Any number of jobs that differ in their input only.
  static final Sql INSERT =
      new Sql(
          """
          insert into sluice_engine.job (id, tenant_id, queue, kind, version, priority, ready, hold, ready_order, wake_at,
            limit_key, unique_key, parent_id, join_name, deadline_at, input)
          select u.id, o.tenant_id, o.queue, o.kind, o.version, o.priority,
            o.limit_key is null and (o.run_at > now()) is not true,
            case when o.run_at > now() then 'time'::sluice_engine.job_hold
                 when o.limit_key is not null then 'limit'::sluice_engine.job_hold end,
            coalesce(greatest(o.run_at, now()), now()) + o.priority * interval '30 seconds',
            case when o.run_at > now() then o.run_at end,
            o.limit_key, o.unique_key, o.parent_id, o.join_name, now() + o.deadline, u.input::jsonb
          from (values (?::uuid, ?::text, ?::text, ?::int, ?::smallint, ?::timestamptz, ?::text, ?::text, ?::uuid,
                  ?::text, ?::interval))
               o(tenant_id, queue, kind, version, priority, run_at, limit_key, unique_key, parent_id, join_name, deadline),
               unnest(?::uuid[], ?::text[]) u(id, input)
          """);

  /// The parent of children.
  ///
  /// @param id the parent
  /// @param group the name of the group, with its scope
  public record Parent(UUID id, String group) {}

  private EnqueueStore() {}

  /// Takes a unique key for a new job.
  ///
  /// @return the job that holds it: the new one, or another
  public static UUID takeKey(
      Connection connection, Kind<?, ?> kind, EnqueueOptions options, UniqueKey key, UUID job)
      throws SQLException {
    return Db.first(
            connection,
            TAKE_KEY,
            s -> {
              s.setObject(1, options.tenant().value());
              s.setString(2, kind.name());
              s.setString(3, key.value());
              s.setObject(4, job);
              s.setString(5, interval(key.retainedFor()));
            },
            row -> row.getObject(1, UUID.class))
        .orElseThrow();
  }

  /// Inserts jobs.
  public static void insert(
      Connection connection,
      Kind<?, ?> kind,
      EnqueueOptions options,
      @Nullable Parent parent,
      List<UUID> ids,
      List<String> inputs)
      throws SQLException {
    Db.update(
        connection,
        INSERT,
        s -> {
          s.setObject(1, options.tenant().value());
          s.setString(2, queueOf(kind, options));
          s.setString(3, kind.name());
          s.setInt(4, kind.version());
          s.setInt(5, options.priority() == null ? kind.priority() : options.priority());
          s.setTimestamp(6, options.runAt() == null ? null : Timestamp.from(options.runAt()));
          s.setString(7, limitKey(kind, options));
          s.setString(8, options.uniqueKey() == null ? null : options.uniqueKey().value());
          s.setObject(9, parent == null ? null : parent.id());
          s.setString(10, parent == null ? null : parent.group());
          s.setString(
              11, interval(options.deadline() == null ? kind.deadline() : options.deadline()));
          s.setString(12, Db.array(ids, id -> id));
          // As strings, and not as objects: the driver then sends them without escaping them.
          s.setArray(13, connection.createArrayOf("text", inputs.toArray(String[]::new)));
        });
  }

  /// The queue that such a job waits in.
  public static String queueOf(Kind<?, ?> kind, EnqueueOptions options) {
    return options.queue() == null ? kind.queue() : options.queue();
  }

  /// The key that such a job counts against; null if its kind has no limit.
  public static @Nullable String limitKey(Kind<?, ?> kind, EnqueueOptions options) {
    if (kind.limit() == null) {
      return null;
    }
    return options.limitValue() == null
        ? kind.limit().name()
        : kind.limit().name() + ":" + options.limitValue();
  }

  /// A duration as PostgreSQL reads it. In seconds: before version 15 a number of microseconds must
  /// fit 32 bits.
  static @Nullable String interval(@Nullable Duration duration) {
    if (duration == null) {
      return null;
    }
    return BigDecimal.valueOf(duration.toNanos() / 1_000, 6).toPlainString() + " seconds";
  }
}
