package io.sluice.webhooks.store;

import io.sluice.engine.TenantId;
import io.sluice.webhooks.WebhookDraft;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Webhooks.
@Repository
public class WebhookStore {
  static final String INSERT =
      """
      insert into sluice.webhook (webhook_id, tenant_id, name, url, description, types, filter, sealed_headers, enabled,
        disabled_at, disabled_reason)
      values (:id, :tenant, :name, :url, :description, :types, :filter, :headers, :enabled,
        case when not :enabled then now() end, case when not :enabled then 'made so' end)
      """;

  static final String COLUMNS =
      """
      select webhook_id, tenant_id, name, url, description, types, filter, sealed_headers, enabled, disabled_at,
        disabled_reason, active_since, failing_since, throttled_until, version, created_at, updated_at
      from sluice.webhook
      """;

  static final String BY_ID = COLUMNS + " where tenant_id = :tenant and webhook_id = :id";

  static final String LIST =
      COLUMNS
          + """
           where tenant_id = :tenant and (:before::uuid is null or webhook_id < :before::uuid)
          order by webhook_id desc limit :limit
          """;

  static final String ENABLED = COLUMNS + " where enabled order by webhook_id";

  /// Enabling forgets the failures, and begins with what happens from then on.
  static final String UPDATE =
      """
      update sluice.webhook set name = :name, url = :url, description = :description, types = :types, filter = :filter,
        sealed_headers = :headers, enabled = :enabled, version = version + 1, updated_at = now(),
        disabled_at = case when :enabled then null else coalesce(disabled_at, now()) end,
        disabled_reason = case when :enabled then null else coalesce(disabled_reason, 'by its owner') end,
        active_since = case when :enabled and not enabled then now() else active_since end,
        failing_since = case when :enabled and not enabled then null else failing_since end,
        exhausted_in_row = case when :enabled and not enabled then 0 else exhausted_in_row end,
        throttled_until = case when :enabled and not enabled then null else throttled_until end
      where tenant_id = :tenant and webhook_id = :id and (:version::integer is null or version = :version::integer)
      """;

  static final String DELETE =
      "delete from sluice.webhook where tenant_id = :tenant and webhook_id = :id";

  static final String TOUCH =
      """
      update sluice.webhook set version = version + 1, updated_at = now()
      where tenant_id = :tenant and webhook_id = :id
      """;

  /// A row.
  ///
  /// @param sealedHeaders null: none
  public record Row(
      UUID id,
      TenantId tenant,
      String name,
      String url,
      @Nullable String description,
      List<String> types,
      @Nullable String filter,
      byte @Nullable [] sealedHeaders,
      boolean enabled,
      @Nullable Instant disabledAt,
      @Nullable String disabledReason,
      Instant activeSince,
      @Nullable Instant failingSince,
      @Nullable Instant throttledUntil,
      int version,
      Instant createdAt,
      Instant updatedAt) {}

  private final JdbcClient jdbc;

  WebhookStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What of a webhook is written.
  public record Written(
      UUID id, TenantId tenant, WebhookDraft draft, byte @Nullable [] sealedHeaders) {}

  /// Inserts one.
  public void insert(Written webhook) {
    of(INSERT, webhook).update();
  }

  /// Replaces what was said about one.
  ///
  /// @param version that it must have; null: any
  /// @return false if it has another one, or is gone
  public boolean update(Written webhook, @Nullable Integer version) {
    return of(UPDATE, webhook).param("version", version).update() == 1;
  }

  private JdbcClient.StatementSpec of(String sql, Written webhook) {
    var draft = webhook.draft();
    return jdbc.sql(sql)
        .param("id", webhook.id())
        .param("tenant", webhook.tenant().value())
        .param("name", draft.name())
        .param("url", draft.url())
        .param("description", draft.description())
        .param("types", draft.types().toArray(String[]::new))
        .param("filter", draft.filter())
        .param("headers", webhook.sealedHeaders())
        .param("enabled", draft.enabled());
  }

  /// One by id.
  public Optional<Row> find(TenantId tenant, UUID id) {
    return jdbc.sql(BY_ID)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Newest first.
  public List<Row> list(TenantId tenant, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// Those of all tenants that want to be told.
  public List<Row> enabled() {
    return jdbc.sql(ENABLED).query((row, _) -> read(row)).list();
  }

  /// Removes one with all that is its.
  public boolean delete(TenantId tenant, UUID id) {
    return jdbc.sql(DELETE).param("tenant", tenant.value()).param("id", id).update() == 1;
  }

  /// Raises the version, for a change beside the row.
  public boolean touch(TenantId tenant, UUID id) {
    return jdbc.sql(TOUCH).param("tenant", tenant.value()).param("id", id).update() == 1;
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getObject(1, UUID.class),
        new TenantId(row.getObject(2, UUID.class)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        texts(row.getArray(6)),
        row.getString(7),
        row.getBytes(8),
        row.getBoolean(9),
        instant(row.getTimestamp(10)),
        row.getString(11),
        row.getTimestamp(12).toInstant(),
        instant(row.getTimestamp(13)),
        instant(row.getTimestamp(14)),
        row.getInt(15),
        row.getTimestamp(16).toInstant(),
        row.getTimestamp(17).toInstant());
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
