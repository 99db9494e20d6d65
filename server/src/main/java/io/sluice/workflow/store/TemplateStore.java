package io.sluice.workflow.store;

import io.sluice.engine.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Templates that tenants made.
@Repository
public class TemplateStore {
  static final String INSERT =
      """
      insert into sluice.workflow_templates (template_id, tenant_id, name, description, parameters, body)
      values (:id, :tenant, :name, :description, :parameters::json, :body::json)
      on conflict (tenant_id, name) do nothing
      """;

  static final String COLUMNS =
      """
      select template_id, name, description, parameters::text, body::text, revision, created_at, updated_at
      from sluice.workflow_templates where tenant_id = :tenant
      """;

  static final String BY_ID = COLUMNS + " and template_id = :id";
  static final String BY_NAME = COLUMNS + " and name = :name";

  static final String LIST =
      COLUMNS
          + """
           and (:before::uuid is null or template_id < :before::uuid)
          order by template_id desc limit :limit
          """;

  static final String CHANGE =
      """
      update sluice.workflow_templates
      set description = :description, parameters = :parameters::json, body = :body::json,
        revision = revision + 1, updated_at = now()
      where template_id = :id and revision = :revision
      """;

  static final String DELETE =
      "delete from sluice.workflow_templates where template_id = :id and revision = :revision";

  /// A template's row.
  ///
  /// @param parameters JSON
  /// @param body JSON
  public record Row(
      UUID id,
      String name,
      @Nullable String description,
      String parameters,
      String body,
      int revision,
      Instant createdAt,
      Instant updatedAt) {}

  /// What a template says.
  ///
  /// @param parameters JSON
  /// @param body JSON
  public record Content(
      String name, @Nullable String description, String parameters, String body) {}

  private final JdbcClient jdbc;

  TemplateStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Inserts a template.
  ///
  /// @return false if the name is taken
  public boolean insert(TenantId tenant, UUID id, Content content) {
    return jdbc.sql(INSERT)
            .param("id", id)
            .param("tenant", tenant.value())
            .param("name", content.name())
            .param("description", content.description())
            .param("parameters", content.parameters())
            .param("body", content.body())
            .update()
        == 1;
  }

  /// A template by id.
  public Optional<Row> find(TenantId tenant, UUID id) {
    return jdbc.sql(BY_ID)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// A template by name.
  public Optional<Row> find(TenantId tenant, String name) {
    return jdbc.sql(BY_NAME)
        .param("tenant", tenant.value())
        .param("name", name)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Templates, newest first.
  public List<Row> list(TenantId tenant, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// Changes a template that is at a revision.
  ///
  /// @return false if it is not
  public boolean change(UUID id, int revision, Content content) {
    return jdbc.sql(CHANGE)
            .param("id", id)
            .param("revision", revision)
            .param("description", content.description())
            .param("parameters", content.parameters())
            .param("body", content.body())
            .update()
        == 1;
  }

  /// Takes a template away that is at a revision.
  ///
  /// @return false if it is not
  public boolean delete(UUID id, int revision) {
    return jdbc.sql(DELETE).param("id", id).param("revision", revision).update() == 1;
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getInt(6),
        row.getTimestamp(7).toInstant(),
        row.getTimestamp(8).toInstant());
  }
}
