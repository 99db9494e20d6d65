package io.sluice.api.store;

import io.sluice.engine.TenantId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Answers to requests that carried an Idempotency-Key; kept for a day.
@Repository
public class IdempotencyStore {
  static final String FIND =
      """
      select fingerprint, status, body::text from sluice.idempotency
      where tenant_id = :tenant and key = :key and route = :route and created_at > now() - interval '1 day'
      """;

  static final String PUT =
      """
      insert into sluice.idempotency (tenant_id, key, route, fingerprint, status, body)
      values (:tenant, :key, :route, :fingerprint, :status, :body::jsonb)
      on conflict (tenant_id, key, route) do update
        set fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body, created_at = now()
      """;

  static final String PURGE =
      "delete from sluice.idempotency where created_at < now() - interval '1 day'";

  /// A stored answer.
  ///
  /// @param fingerprint of what was asked
  public record Answer(String fingerprint, int status, String bodyJson) {}

  private final JdbcClient jdbc;

  IdempotencyStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The answer that was given for a key.
  public Optional<Answer> find(TenantId tenant, String key, String route) {
    return jdbc.sql(FIND)
        .param("tenant", tenant.value())
        .param("key", key)
        .param("route", route)
        .query((row, _) -> new Answer(row.getString(1), row.getInt(2), row.getString(3)))
        .optional();
  }

  /// Keeps an answer, and forgets old ones.
  public void put(TenantId tenant, String key, String route, Answer answer) {
    jdbc.sql(PURGE).update();
    jdbc.sql(PUT)
        .param("tenant", tenant.value())
        .param("key", key)
        .param("route", route)
        .param("fingerprint", answer.fingerprint())
        .param("status", answer.status())
        .param("body", answer.bodyJson())
        .update();
  }
}
