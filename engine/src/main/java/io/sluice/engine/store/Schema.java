package io.sluice.engine.store;

import io.sluice.engine.EngineProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// The engine's schema: its migrations, its partitions.
public final class Schema {
  /// The migrations, in order. A released one is never edited.
  private static final List<String> MIGRATIONS = List.of("V001__durable_core");

  private static final long LOCK = 0x736c75696365L;

  static final Sql VERSION_TABLE =
      new Sql(
          """
          create table if not exists sluice_engine.migration (
            version integer primary key, name text not null, applied_at timestamptz not null default now())
          """);
  static final Sql APPLIED =
      new Sql("select coalesce(max(version), 0) from sluice_engine.migration");
  static final Sql NOTE =
      new Sql("insert into sluice_engine.migration (version, name) values (?, ?)");
  static final Sql COVER =
      new Sql(
          "select sluice_engine.cover(now() + n * ?::interval, ?::interval) from generate_series(0, 2) n");
  static final Sql DROP_BEFORE = new Sql("select sluice_engine.drop_before(now() - ?::interval)");
  static final Sql TRY_LOCK = new Sql("select pg_try_advisory_xact_lock(?)");
  static final Sql PURGE_KEYS =
      new Sql("delete from sluice_engine.unique_key where expires_at < now()");

  private Schema() {}

  /// Brings the schema up to this program's version, as a role that may create schemas. Two
  /// programs that start at once follow each other.
  public static void migrate(Connection c) throws SQLException {
    boolean auto = c.getAutoCommit();
    c.setAutoCommit(false);
    try (var s = c.createStatement()) {
      s.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      s.execute("create schema if not exists sluice_engine");
      s.execute(VERSION_TABLE.text());
      int applied = Db.first(c, APPLIED, Db.Binder.NONE, row -> row.getInt(1)).orElseThrow();
      if (applied > MIGRATIONS.size()) {
        throw new EngineProblem.WrongSchema(
            "The database has version "
                + applied
                + " of the engine's schema, this program knows "
                + MIGRATIONS.size()
                + ". Run the newer program.");
      }
      for (int v = applied + 1; v <= MIGRATIONS.size(); v++) {
        apply(c, v);
      }
      c.commit();
    } catch (SQLException | RuntimeException e) {
      c.rollback();
      throw e;
    } finally {
      c.setAutoCommit(auto);
    }
  }

  private static void apply(Connection c, int version) throws SQLException {
    var name = MIGRATIONS.get(version - 1);
    try (var s = c.createStatement()) {
      s.execute(read(name));
    }
    Db.update(
        c,
        NOTE,
        s -> {
          s.setInt(1, version);
          s.setString(2, name);
        });
  }

  private static String read(String name) {
    try (var in =
        Schema.class.getResourceAsStream("/io/sluice/engine/migrations/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("the migration " + name + " is not in the engine's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lets a role run jobs: it may read and write rows, and owns nothing.
  ///
  /// @param role as it stands in `pg_roles`
  public static void grant(Connection c, String role) throws SQLException {
    var quoted = '"' + role.replace("\"", "\"\"") + '"';
    try (var s = c.createStatement()) {
      s.execute("grant usage on schema sluice_engine to " + quoted);
      s.execute(
          "grant select, insert, update, delete on all tables in schema sluice_engine to "
              + quoted);
      s.execute("grant usage on all sequences in schema sluice_engine to " + quoted);
      s.execute("grant execute on all functions in schema sluice_engine to " + quoted);
    }
  }

  /// Makes the partitions of the present and of the near future.
  public static void cover(Connection c, Duration width) throws SQLException {
    var interval = EnqueueStore.interval(width);
    Db.query(
        c,
        COVER,
        s -> {
          s.setString(1, interval);
          s.setString(2, interval);
        },
        row -> true);
  }

  /// Drops what is older than the retention; one node at a time, and none waits for it.
  ///
  /// @return whether this node did it
  public static boolean retain(Db db, Duration retention, Duration width) {
    return db.inTransaction(
        "dropping old history",
        c -> {
          boolean mine =
              Db.first(c, TRY_LOCK, s -> s.setLong(1, LOCK + 1), row -> row.getBoolean(1))
                  .orElse(false);
          if (mine) {
            try (var s = c.createStatement()) {
              s.execute("set local lock_timeout = '2s'");
            }
            cover(c, width);
            Db.query(
                c, DROP_BEFORE, s -> s.setString(1, EnqueueStore.interval(retention)), row -> true);
            Db.update(c, PURGE_KEYS, Db.Binder.NONE);
          }
          return mine;
        });
  }
}
