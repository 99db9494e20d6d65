package io.sluice.workflow.triggers.store;

import io.sluice.engine.TenantId;
import io.sluice.workflow.Json;
import io.sluice.workflow.TriggerDraft;
import io.sluice.workflow.TriggerDraft.EventRule;
import io.sluice.workflow.TriggerDraft.HookRule;
import io.sluice.workflow.TriggerDraft.ScheduleRule;
import io.sluice.workflow.TriggerType;
import io.sluice.workflow.Triggers;
import io.sluice.workflow.triggers.model.Snapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Triggers.
@Repository
public class TriggerStore {
  static final String INSERT =
      """
      insert into sluice.workflow_trigger (trigger_id, tenant_id, name, description, type, workflow, workflow_version,
        workflow_alias, input, rule, enabled, token_hash)
      values (:id, :tenant, :name, :description, :type, :workflow, :version, :alias, :input::jsonb, :rule::jsonb, :enabled,
        :tokenHash)
      """;

  /// What happened before it was enabled, or was said to be for other events, is not for it.
  static final String UPDATE =
      """
      update sluice.workflow_trigger
      set name = :name, description = :description, workflow = :workflow, workflow_version = :version,
        workflow_alias = :alias, input = :input::jsonb, rule = :rule::jsonb, enabled = :enabled,
        active_since = case when :enabled and (not enabled or rule <> :rule::jsonb) then pg_current_snapshot()
          else active_since end,
        revision = revision + 1, updated_at = now()
      where tenant_id = :tenant and trigger_id = :id
      """;

  static final String SET_SECRETS =
      "update sluice.workflow_trigger set sealed_secrets = :sealed where trigger_id = :id";

  static final String SET_TOKEN =
      "update sluice.workflow_trigger set token_hash = :tokenHash where trigger_id = :id";

  static final String SECRETS =
      "select sealed_secrets from sluice.workflow_trigger where trigger_id = :id and sealed_secrets is not null";

  static final String DELETE =
      "delete from sluice.workflow_trigger where tenant_id = :tenant and trigger_id = :id";

  static final String COLUMNS =
      """
      select trigger_id, tenant_id, name, description, type, workflow, workflow_version, workflow_alias, input::text,
        rule::text, enabled, active_since::text, revision, created_at, updated_at
      from sluice.workflow_trigger
      """;

  static final String BY_ID = COLUMNS + " where tenant_id = :tenant and trigger_id = :id";

  /// Changes of a trigger, and firings that must see each other, follow each other here.
  static final String LOCK = BY_ID + " for update";

  /// Firings that need not see each other; no change of the trigger comes between.
  static final String SHARE = BY_ID + " for share";

  static final String BY_TOKEN = COLUMNS + " where token_hash = :tokenHash and enabled";

  static final String FOR_EVENTS =
      COLUMNS + " where type = 'event' and enabled and tenant_id in (:tenants)";

  static final String LIST =
      COLUMNS
          + """
           where tenant_id = :tenant and (:workflow::text is null or workflow = :workflow::text)
            and (:type::text is null or type = :type::text)
            and (:enabled::boolean is null or enabled = :enabled::boolean)
            and (:before::uuid is null or trigger_id < :before::uuid)
          order by trigger_id desc limit :limit
          """;

  /// What belongs to a type, as stored.
  private record Rule(
      @Nullable ScheduleRule schedule, @Nullable HookRule webhook, @Nullable EventRule event) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  TriggerStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Whose, and which.
  public record Key(TenantId tenant, UUID id) {}

  /// Makes one.
  ///
  /// @param tokenHash for webhooks
  public void insert(Key key, TriggerDraft said, @Nullable String tokenHash) {
    said(INSERT, key, said)
        .param("type", Objects.requireNonNull(said.type()).sql())
        .param("tokenHash", tokenHash)
        .update();
  }

  /// Replaces what was said.
  public void update(Key key, TriggerDraft said) {
    said(UPDATE, key, said).update();
  }

  private StatementSpec said(String sql, Key key, TriggerDraft said) {
    var rule = new Rule(said.schedule(), said.webhook(), said.event());
    return of(sql, key)
        .param("name", said.name())
        .param("description", said.description())
        .param("workflow", said.workflow())
        .param("version", said.version())
        .param("alias", said.alias())
        .param("input", said.input() == null ? null : write(said.input()))
        .param("rule", json.writeValueAsString(rule))
        .param("enabled", said.enabled());
  }

  private String write(@Nullable Object value) {
    return json.writeValueAsString(Json.of(value));
  }

  /// Keeps a webhook's secrets, sealed.
  public void secrets(UUID id, byte[] sealed) {
    jdbc.sql(SET_SECRETS).param("id", id).param("sealed", sealed).update();
  }

  /// A webhook's secrets, sealed.
  public Optional<byte[]> secrets(UUID id) {
    return jdbc.sql(SECRETS).param("id", id).query(byte[].class).optional();
  }

  /// Gives a webhook another token.
  public void token(UUID id, String tokenHash) {
    jdbc.sql(SET_TOKEN).param("id", id).param("tokenHash", tokenHash).update();
  }

  /// Removes one with its firings.
  public void delete(Key key) {
    of(DELETE, key).update();
  }

  /// One.
  public Optional<TriggerRow> find(Key key) {
    return of(BY_ID, key).query((row, _) -> read(row)).optional();
  }

  /// One, locked to the end of the transaction.
  ///
  /// @param alone whether others may share the lock
  public Optional<TriggerRow> lock(Key key, boolean alone) {
    return of(alone ? LOCK : SHARE, key).query((row, _) -> read(row)).optional();
  }

  /// The one at an address, if it takes calls.
  public Optional<TriggerRow> atToken(String tokenHash) {
    return jdbc.sql(BY_TOKEN).param("tokenHash", tokenHash).query((row, _) -> read(row)).optional();
  }

  /// Those that events of some tenants may fire.
  public List<TriggerRow> forEvents(List<UUID> tenants) {
    return jdbc.sql(FOR_EVENTS).param("tenants", tenants).query((row, _) -> read(row)).list();
  }

  /// Some, newest first.
  public List<TriggerRow> list(
      TenantId tenant, Triggers.Filter filter, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("workflow", filter.workflow())
        .param("type", filter.type() == null ? null : filter.type().sql())
        .param("enabled", filter.enabled())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  private StatementSpec of(String sql, Key key) {
    return jdbc.sql(sql).param("tenant", key.tenant().value()).param("id", key.id());
  }

  private TriggerRow read(ResultSet row) throws SQLException {
    var rule = json.readValue(row.getString(10), Rule.class);
    var input = row.getString(9);
    var said =
        new TriggerDraft(
            row.getString(3),
            row.getString(4),
            TriggerType.of(row.getString(5)),
            row.getString(6),
            row.getObject(7, Integer.class),
            row.getString(8),
            input == null ? null : json.readValue(input, Object.class),
            row.getBoolean(11),
            rule.schedule(),
            rule.webhook(),
            rule.event());
    return new TriggerRow(
        row.getObject(1, UUID.class),
        new TenantId(row.getObject(2, UUID.class)),
        said,
        Snapshot.read(row.getString(12)),
        row.getInt(13),
        row.getTimestamp(14).toInstant(),
        row.getTimestamp(15).toInstant());
  }
}
