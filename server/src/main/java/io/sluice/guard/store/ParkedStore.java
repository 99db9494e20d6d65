package io.sluice.guard.store;

import io.sluice.engine.TenantId;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Jobs that wait behind breakers. They are the engine's; here they are only counted.
@Repository
public class ParkedStore {
  /// By the engine's index of timers: only jobs that wait for a time can wait behind a breaker. The
  /// service stands in quotation marks.
  static final String COUNT =
      """
      select split_part(wait_reason, '''', 2), count(*) from sluice_engine.job
      where state = 'waiting' and wake_at is not null and tenant_id = :tenant and starts_with(wait_reason, :reason)
      group by 1
      """;

  private final JdbcClient jdbc;

  /// On a database.
  public ParkedStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// How many jobs wait, by service.
  ///
  /// @param reason what they wait for begins like that
  public Map<String, Long> count(TenantId tenant, String reason) {
    var out = new HashMap<String, Long>();
    jdbc.sql(COUNT)
        .param("tenant", tenant.value())
        .param("reason", reason)
        .query((row, _) -> out.put(row.getString(1), row.getLong(2)))
        .list();
    return out;
  }
}
