package io.sluice.webhooks.store;

import io.sluice.engine.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The sealed secrets of webhooks.
@Repository
public class SecretStore {
  static final String INSERT =
      """
      insert into sluice.webhook_secret (secret_id, tenant_id, webhook_id, sealed)
      values (:id, :tenant, :webhook, :sealed)
      """;

  /// Secrets that were already running out keep their time.
  static final String RETIRE =
      """
      update sluice.webhook_secret set expires_at = now() + :keepMillis * interval '1 millisecond'
      where webhook_id = :webhook and expires_at is null
      """;

  static final String DROP_EXPIRED =
      "delete from sluice.webhook_secret where webhook_id = :webhook and expires_at <= now()";

  static final String VALID =
      """
      select secret_id, webhook_id, sealed, created_at, expires_at from sluice.webhook_secret
      where webhook_id in (:webhooks) and (expires_at is null or expires_at > now())
      order by webhook_id, expires_at desc nulls first, secret_id desc
      """;

  /// A sealed secret.
  public record Row(
      UUID id, UUID webhook, byte[] sealed, Instant createdAt, @Nullable Instant expiresAt) {}

  private final JdbcClient jdbc;

  SecretStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// A secret to store.
  public record New(UUID id, TenantId tenant, UUID webhook, byte[] sealed) {}

  /// Makes a secret the current one. Belongs in a transaction.
  ///
  /// @param keep how long the one before stays valid
  public void put(New secret, Duration keep) {
    jdbc.sql(RETIRE)
        .param("webhook", secret.webhook())
        .param("keepMillis", keep.toMillis())
        .update();
    jdbc.sql(DROP_EXPIRED).param("webhook", secret.webhook()).update();
    jdbc.sql(INSERT)
        .param("id", secret.id())
        .param("tenant", secret.tenant().value())
        .param("webhook", secret.webhook())
        .param("sealed", secret.sealed())
        .update();
  }

  /// What is valid now: of each webhook the current one first.
  public List<Row> valid(Collection<UUID> webhooks) {
    return webhooks.isEmpty()
        ? List.of()
        : jdbc.sql(VALID)
            .param("webhooks", webhooks)
            .query((row, _) ->
                new Row(
                    row.getObject(1, UUID.class),
                    row.getObject(2, UUID.class),
                    row.getBytes(3),
                    row.getTimestamp(4).toInstant(),
                    WebhookStore.instant(row.getTimestamp(5))))
            .list();
  }
}
