package io.sluice.engine.store;

import io.sluice.engine.LimitRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets held jobs in, as far as their limits allow.
public final class LimitStore {
  private static final int BATCH = 1000;

  static final Sql ADMIT =
      new Sql("select admitted, next_at, queues from sluice_engine.admit(?, ?)");

  /// The keys that hold jobs, by a loose scan of the index `job_blocked`.
  static final Sql BLOCKED =
      new Sql(
          """
          with recursive key(k) as (
            (select j.limit_key from sluice_engine.job j where j.hold = 'limit' order by j.limit_key limit 1)
            union all
            select (select j.limit_key from sluice_engine.job j
                    where j.hold = 'limit' and j.limit_key > key.k order by j.limit_key limit 1)
            from key where key.k is not null)
          select k from key where k is not null limit 10000
          """);

  static final Sql SET_RULE =
      new Sql(
          """
          insert into sluice_engine.limit_rule as r (name, max_running, rate, rate_period) values (?, ?, ?, ?::interval)
          on conflict (name) do update
            set max_running = excluded.max_running, rate = excluded.rate, rate_period = excluded.rate_period
          """);

  /// What an admission did.
  ///
  /// @param admitted how many jobs became ready
  /// @param nextAt when the rate lets the next one in; null without a rate
  /// @param queues that have them now
  /// @param more whether the batch was full, so that there may be room for more
  public record Admission(
      int admitted, @Nullable Instant nextAt, Set<String> queues, boolean more) {}

  private final Db db;

  /// On a database.
  public LimitStore(Db db) {
    this.db = db;
  }

  /// Admits jobs of one key.
  public Admission admit(String key) {
    return db.with("admitting jobs", c -> admitOn(c, key));
  }

  private static Admission admitOn(Connection c, String key) throws SQLException {
    return Db.first(
            c,
            ADMIT,
            s -> {
              s.setString(1, key);
              s.setInt(2, BATCH);
            },
            row ->
                new Admission(
                    row.getInt(1),
                    WorkerStore.instant(row, 2),
                    Set.of((String[]) row.getArray(3).getArray()),
                    row.getInt(1) == BATCH))
        .orElseThrow();
  }

  /// The keys that hold jobs now.
  public List<String> blockedKeys() {
    return db.query(BLOCKED, Db.Binder.NONE, row -> row.getString(1));
  }

  /// Sets a rule for all nodes.
  public void set(LimitRule rule) {
    db.update(SET_RULE, s -> WorkerStore.bindRule(s, rule));
  }
}
