package io.sluice.engine.store;

import io.sluice.engine.Schedule;
import io.sluice.engine.Schedule.Rhythm;
import io.sluice.engine.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Schedules and their firings.
public final class ScheduleStore {
  static final Sql PUT =
      new Sql(
          """
          insert into sluice_engine.schedule as s
            (name, tenant_id, kind, input, cron, zone, every, missed, gap, next_at)
          values (?, ?, ?, ?::jsonb, ?, ?, ?::interval, ?, ?, ?)
          on conflict (name) do update
            set tenant_id = excluded.tenant_id, kind = excluded.kind, input = excluded.input, cron = excluded.cron,
                zone = excluded.zone, every = excluded.every, missed = excluded.missed, gap = excluded.gap,
                next_at = case
                  when (s.cron, s.zone, s.every, s.gap)
                       is not distinct from (excluded.cron, excluded.zone, excluded.every, excluded.gap)
                  then s.next_at else excluded.next_at end
          """);

  static final Sql REMOVE = new Sql("delete from sluice_engine.schedule where name = ?");

  /// A due schedule, locked: another node that fires at the same time takes the next one.
  static final Sql DUE =
      new Sql(
          """
          select name, tenant_id, kind, input::text, cron, zone, extract(epoch from every)::bigint, missed, gap, next_at,
            clock_timestamp()
          from sluice_engine.schedule
          where not paused and next_at <= clock_timestamp()
          order by next_at limit 1 for update skip locked
          """);

  static final Sql FIRED =
      new Sql("update sluice_engine.schedule set fired_at = ?, next_at = ? where name = ?");

  static final Sql ENQUEUE =
      new Sql(
          """
          select sluice_engine.enqueue(kind => ?, input => ?::jsonb, tenant_id => ?, unique_key => ?,
            unique_for => interval '30 days')
          """);

  static final Sql NEXT =
      new Sql(
          "select next_at from sluice_engine.schedule where name = ? and next_at is not null and not paused");

  static final Sql NOW = new Sql("select clock_timestamp()");

  /// A schedule whose time has come.
  ///
  /// @param due the firing
  /// @param now PostgreSQL's clock
  public record Due(
      String name,
      UUID tenant,
      String kind,
      String inputJson,
      Rhythm rhythm,
      Schedule.Missed missed,
      Instant due,
      Instant now) {}

  private final Db db;

  /// On a database.
  public ScheduleStore(Db db) {
    this.db = db;
  }

  /// Makes or replaces a schedule. The next firing stays if the rhythm does.
  public void put(Schedule schedule, String inputJson, @Nullable Instant next) {
    db.with("making a schedule", c -> putOn(c, schedule, inputJson, next));
  }

  /// As above, on a connection of the caller's.
  public static int putOn(Connection c, Schedule schedule, String inputJson, @Nullable Instant next)
      throws SQLException {
    return Db.update(
        c,
        PUT,
        s -> {
          s.setString(1, schedule.name());
          s.setObject(2, schedule.tenant().value());
          s.setString(3, schedule.kind());
          s.setString(4, inputJson);
          switch (schedule.rhythm()) {
            case Rhythm.Cron cron -> {
              s.setString(5, cron.expression());
              s.setString(6, cron.zone().getId());
              s.setString(7, null);
              s.setString(9, cron.gap().name());
            }
            case Rhythm.Every every -> {
              s.setString(5, null);
              s.setString(6, "UTC");
              s.setString(7, EnqueueStore.interval(every.interval()));
              s.setString(9, Schedule.Gap.SKIP.name());
            }
          }
          s.setString(8, schedule.missed().name());
          s.setTimestamp(10, next == null ? null : Timestamp.from(next));
        });
  }

  /// Removes a schedule.
  public boolean remove(String name) {
    return db.with("removing a schedule", c -> removeOn(c, name));
  }

  /// As above, on a connection of the caller's.
  public static boolean removeOn(Connection c, String name) throws SQLException {
    return Db.update(c, REMOVE, s -> s.setString(1, name)) > 0;
  }

  /// When a schedule fires next.
  public Optional<Instant> next(String name) {
    return db.first(NEXT, s -> s.setString(1, name), row -> row.getTimestamp(1).toInstant());
  }

  /// PostgreSQL's clock.
  public Instant now() {
    return db.with("reading the clock", ScheduleStore::now);
  }

  /// As above, on a connection of the caller's.
  public static Instant now(Connection c) throws SQLException {
    return Db.first(c, NOW, Db.Binder.NONE, row -> row.getTimestamp(1).toInstant()).orElseThrow();
  }

  /// Decides what a due schedule fires.
  @FunctionalInterface
  public interface Planner {
    /// The firings to make now, and the next one after.
    Plan plan(Due due);
  }

  /// What a schedule fires.
  ///
  /// @param firings oldest first
  /// @param next null: never again
  public record Plan(List<Instant> firings, @Nullable Instant next) {}

  /// Fires one due schedule, if there is one: its jobs and its next time in one transaction.
  ///
  /// @return whether there was one
  public boolean fire(Planner planner) {
    return db.inTransaction(
        "firing a schedule",
        c -> {
          var due = Db.first(c, DUE, Db.Binder.NONE, ScheduleStore::read);
          if (due.isEmpty()) {
            return false;
          }
          var plan = planner.plan(due.get());
          for (var at : plan.firings()) {
            enqueue(c, due.get(), at);
          }
          Db.update(
              c,
              FIRED,
              s -> {
                s.setTimestamp(1, Timestamp.from(due.get().due()));
                s.setTimestamp(2, plan.next() == null ? null : Timestamp.from(plan.next()));
                s.setString(3, due.get().name());
              });
          return true;
        });
  }

  private static void enqueue(Connection c, Due due, Instant at) throws SQLException {
    Db.query(
        c,
        ENQUEUE,
        s -> {
          s.setString(1, due.kind());
          s.setString(2, due.inputJson());
          s.setObject(3, due.tenant());
          s.setString(4, Schedule.firing(due.name(), at));
        },
        row -> row.getObject(1));
  }

  private static Due read(ResultSet row) throws SQLException {
    var cron = row.getString(5);
    Rhythm rhythm =
        cron == null
            ? new Rhythm.Every(Duration.ofSeconds(row.getLong(7)))
            : new Rhythm.Cron(
                cron, ZoneId.of(row.getString(6)), Schedule.Gap.valueOf(row.getString(9)));
    return new Due(
        row.getString(1),
        new TenantId(row.getObject(2, UUID.class)).value(),
        row.getString(3),
        row.getString(4),
        rhythm,
        Schedule.Missed.valueOf(row.getString(8)),
        row.getTimestamp(10).toInstant(),
        row.getTimestamp(11).toInstant());
  }
}
