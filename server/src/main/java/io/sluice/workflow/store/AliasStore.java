package io.sluice.workflow.store;

import io.sluice.engine.TenantId;
import io.sluice.workflow.AliasView;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Aliases of workflows.
@Repository
public class AliasStore {
  static final String SET =
      """
      insert into sluice.workflow_aliases
        (tenant_id, workflow_id, name, version, canary_version, canary_percent, updated_by)
      values (:tenant, :workflow, :name, :version, :canary, :percent, :who)
      on conflict (workflow_id, name) do update
        set version = excluded.version, canary_version = excluded.canary_version,
          canary_percent = excluded.canary_percent, updated_at = now(), updated_by = excluded.updated_by
      """;

  static final String LIST =
      """
      select name, version, canary_version, canary_percent from sluice.workflow_aliases
      where tenant_id = :tenant and workflow_id = :workflow order by name
      """;

  static final String ONE =
      """
      select name, version, canary_version, canary_percent from sluice.workflow_aliases
      where tenant_id = :tenant and workflow_id = :workflow and name = :name
      """;

  static final String DELETE =
      """
      delete from sluice.workflow_aliases
      where tenant_id = :tenant and workflow_id = :workflow and name = :name
      """;

  private final JdbcClient jdbc;

  AliasStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Sets an alias.
  public void set(TenantId tenant, UUID workflow, AliasView alias, String who) {
    jdbc.sql(SET)
        .param("tenant", tenant.value())
        .param("workflow", workflow)
        .param("name", alias.name())
        .param("version", alias.version())
        .param("canary", alias.canaryVersion())
        .param("percent", alias.canaryPercent())
        .param("who", who)
        .update();
  }

  /// Aliases, by name.
  public List<AliasView> list(TenantId tenant, UUID workflow) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("workflow", workflow)
        .query((row, _) -> read(row))
        .list();
  }

  /// One alias.
  public Optional<AliasView> find(TenantId tenant, UUID workflow, String name) {
    return jdbc.sql(ONE)
        .param("tenant", tenant.value())
        .param("workflow", workflow)
        .param("name", name)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Takes an alias away.
  ///
  /// @return false if there is none
  public boolean delete(TenantId tenant, UUID workflow, String name) {
    return jdbc.sql(DELETE)
            .param("tenant", tenant.value())
            .param("workflow", workflow)
            .param("name", name)
            .update()
        == 1;
  }

  private static AliasView read(java.sql.ResultSet row) throws java.sql.SQLException {
    return new AliasView(
        row.getString(1),
        row.getInt(2),
        row.getObject(3, Integer.class),
        row.getObject(4, Integer.class));
  }
}
