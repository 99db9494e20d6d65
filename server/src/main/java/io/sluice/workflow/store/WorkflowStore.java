package io.sluice.workflow.store;

import io.sluice.engine.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Workflows; their versions are [VersionStore]'s.
@Repository
public class WorkflowStore {
  /// Two that make the same name follow each other here; only one gets the row.
  static final String INSERT =
      """
      insert into sluice.workflows (workflow_id, tenant_id, name, description, labels, latest_version)
      values (:id, :tenant, :name, :description, :labels::jsonb, 1)
      on conflict (tenant_id, name) where deleted_at is null do nothing
      """;

  static final String COLUMNS =
      """
      select workflow_id, name, description, labels::text, latest_version, created_at, updated_at
      from sluice.workflows
      """;

  static final String BY_ID =
      COLUMNS + " where tenant_id = :tenant and workflow_id = :id and deleted_at is null";
  static final String BY_NAME =
      COLUMNS + " where tenant_id = :tenant and name = :name and deleted_at is null";

  /// Whoever makes the next version waits here for the one before.
  static final String LOCK =
      COLUMNS
          + " where tenant_id = :tenant and workflow_id = :id and deleted_at is null for update";

  static final String LIST =
      COLUMNS
          + """
           where tenant_id = :tenant and deleted_at is null
            and (:before::uuid is null or workflow_id < :before::uuid)
            and (:name::text is null or strpos(name, :name::text) > 0)
            and labels @> :labels::jsonb
            and jsonb_exists_all(labels, :keys::text[])
          order by workflow_id desc limit :limit
          """;

  static final String ADVANCE =
      """
      update sluice.workflows
      set latest_version = :version, description = :description, labels = :labels::jsonb, updated_at = now()
      where workflow_id = :id and latest_version = :version - 1 and deleted_at is null
      """;

  static final String DELETE =
      """
      update sluice.workflows set deleted_at = now()
      where tenant_id = :tenant and workflow_id = :id and deleted_at is null
      """;

  /// A workflow's row.
  public record Row(
      UUID id,
      String name,
      @Nullable String description,
      Map<String, String> labels,
      int latestVersion,
      Instant createdAt,
      Instant updatedAt) {}

  /// What a definition says about its workflow.
  public record Head(String name, @Nullable String description, Map<String, String> labels) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  WorkflowStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Inserts a workflow at version 1.
  ///
  /// @return false if the name is taken
  public boolean insert(TenantId tenant, UUID id, Head head) {
    return jdbc.sql(INSERT)
            .param("id", id)
            .param("tenant", tenant.value())
            .param("name", head.name())
            .param("description", head.description())
            .param("labels", json.writeValueAsString(head.labels()))
            .update()
        == 1;
  }

  /// A workflow by id.
  public Optional<Row> find(TenantId tenant, UUID id) {
    return one(BY_ID, tenant, id);
  }

  /// A workflow by name.
  public Optional<Row> find(TenantId tenant, String name) {
    return jdbc.sql(BY_NAME)
        .param("tenant", tenant.value())
        .param("name", name)
        .query((row, _) -> read(row))
        .optional();
  }

  /// A workflow, which stays as it is until the transaction ends.
  public Optional<Row> lock(TenantId tenant, UUID id) {
    return one(LOCK, tenant, id);
  }

  private Optional<Row> one(String sql, TenantId tenant, UUID id) {
    return jdbc.sql(sql)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Which workflows.
  ///
  /// @param name a part of the name; null: any
  /// @param labels with these values
  /// @param keys labels with any value
  public record Filter(@Nullable String name, Map<String, String> labels, List<String> keys) {}

  /// Workflows, newest first.
  public List<Row> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("before", before)
        .param("name", filter.name())
        .param("labels", json.writeValueAsString(filter.labels()))
        .param("keys", filter.keys().toArray(String[]::new))
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// Makes a version the latest.
  ///
  /// @return false if it is not the one after the latest
  public boolean advance(UUID id, int version, Head head) {
    return jdbc.sql(ADVANCE)
            .param("id", id)
            .param("version", version)
            .param("description", head.description())
            .param("labels", json.writeValueAsString(head.labels()))
            .update()
        == 1;
  }

  /// Takes a workflow away; its versions stay.
  public void delete(TenantId tenant, UUID id) {
    jdbc.sql(DELETE).param("tenant", tenant.value()).param("id", id).update();
  }

  @SuppressWarnings("unchecked")
  private Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        json.readValue(row.getString(4), Map.class),
        row.getInt(5),
        row.getTimestamp(6).toInstant(),
        row.getTimestamp(7).toInstant());
  }
}
