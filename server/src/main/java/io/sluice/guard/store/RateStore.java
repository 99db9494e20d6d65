package io.sluice.guard.store;

import io.sluice.engine.TenantId;
import io.sluice.guard.RateLimit;
import io.sluice.guard.model.RateRules;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Rate limits: one row a key, written once for some calls.
@Repository
public class RateStore {
  static final String MAKE =
      """
      insert into sluice.rate_limit (tenant_id, key, due_at) values (:tenant, :key, clock_timestamp())
      on conflict (tenant_id, key) do nothing
      """;

  /// Reserves as many calls as fit, at most a batch. The row is locked first, so that what is
  /// reserved is reckoned from what the one before has left.
  static final String RESERVE =
      """
      with held as materialized (
        select due_at, clock_timestamp() as now from sluice.rate_limit
        where tenant_id = :tenant and key = :key for update),
      old as materialized (
        select due_at, now, least(:batch::bigint, greatest(0, floor(
            extract(epoch from :tolerance::interval - (greatest(due_at, now) - now)) / extract(epoch from :interval::interval)
          )))::bigint as fits
        from held)
      update sluice.rate_limit r set due_at = greatest(old.due_at, old.now) + old.fits * :interval::interval
      from old
      where r.tenant_id = :tenant and r.key = :key
      returning old.fits, old.now, greatest(old.due_at, old.now) + :interval::interval - :tolerance::interval as next_at
      """;

  /// What is long on time again is as good as new.
  static final String PRUNE =
      """
      delete from sluice.rate_limit where due_at < clock_timestamp() - interval '1 day'
      """;

  private final JdbcClient jdbc;

  /// On a database.
  public RateStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What was reserved.
  ///
  /// @param granted how many calls; 0: none fits before `next`
  /// @param now the database's time
  /// @param next when a call would fit, where none was granted
  public record Reserved(int granted, Instant now, Instant next) {}

  /// Reserves calls.
  public Reserved reserve(TenantId tenant, String key, RateLimit limit) {
    while (true) {
      var reserved =
          jdbc.sql(RESERVE)
              .param("tenant", tenant.value())
              .param("key", key)
              .param("batch", RateRules.batch(limit))
              .param("interval", RateRules.interval(limit).toString())
              .param("tolerance", RateRules.tolerance(limit).toString())
              .query((row, _) ->
                  new Reserved(
                      row.getInt(1),
                      row.getObject(2, OffsetDateTime.class).toInstant(),
                      row.getObject(3, OffsetDateTime.class).toInstant()))
              .optional();
      if (reserved.isPresent()) {
        return reserved.get();
      }
      jdbc.sql(MAKE).param("tenant", tenant.value()).param("key", key).update();
    }
  }

  /// Drops rows that say nothing.
  public void prune() {
    jdbc.sql(PRUNE).update();
  }
}
