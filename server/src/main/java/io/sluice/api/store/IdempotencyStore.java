package io.sluice.api.store;

import io.sluice.engine.TenantId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Answers to requests that carried an Idempotency-Key; kept for a day. A row of status 0 says that
/// the request is being served; one that a crash left behind is taken over after some minutes.
@Repository
public class IdempotencyStore {
  static final String FIND =
      """
      select fingerprint, status, body::text from sluice.idempotency
      where tenant_id = :tenant and key = :key and route = :route
      """;

  /// Two requests with one key follow each other here; only one gets the row.
  static final String BEGIN =
      """
      insert into sluice.idempotency as i (tenant_id, key, route, fingerprint, status, body)
      values (:tenant, :key, :route, :fingerprint, 0, 'null')
      on conflict (tenant_id, key, route) do update
        set fingerprint = excluded.fingerprint, status = 0, body = 'null', created_at = now()
        where i.created_at < now() - interval '1 day'
          or (i.status = 0 and i.fingerprint = excluded.fingerprint and i.created_at < now() - interval '5 minutes')
      """;

  static final String FINISH =
      """
      update sluice.idempotency set status = :status, body = :body::jsonb
      where tenant_id = :tenant and key = :key and route = :route and status = 0
      """;

  static final String FORGET =
      "delete from sluice.idempotency where tenant_id = :tenant and key = :key and route = :route and status = 0";

  static final String PURGE =
      "delete from sluice.idempotency where created_at < now() - interval '1 day'";

  /// A stored answer.
  ///
  /// @param fingerprint of what was asked
  /// @param status 0: the request is being served
  public record Answer(String fingerprint, int status, String bodyJson) {}

  /// Whose request of that key, to what.
  public record Request(TenantId tenant, String key, String route) {}

  private final JdbcClient jdbc;

  IdempotencyStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Reserves a key.
  ///
  /// @return false if it is in use: [#find] has how
  public boolean begin(Request request, String fingerprint) {
    return of(BEGIN, request).param("fingerprint", fingerprint).update() == 1;
  }

  /// The answer that was given for a key.
  public Optional<Answer> find(Request request) {
    return of(FIND, request)
        .query((row, _) -> new Answer(row.getString(1), row.getInt(2), row.getString(3)))
        .optional();
  }

  /// Keeps an answer, and forgets old ones.
  public void finish(Request request, int status, String bodyJson) {
    of(FINISH, request).param("status", status).param("body", bodyJson).update();
    jdbc.sql(PURGE).update();
  }

  /// Gives a key back whose request failed.
  public void forget(Request request) {
    of(FORGET, request).update();
  }

  private JdbcClient.StatementSpec of(String sql, Request request) {
    return jdbc.sql(sql)
        .param("tenant", request.tenant().value())
        .param("key", request.key())
        .param("route", request.route());
  }
}
