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

/// Transformation rules with their versions.
@Repository
public class RuleStore {
  static final String INSERT =
      """
      insert into sluice.transformation_rules (rule_id, tenant_id, name, description, latest_version)
      values (:id, :tenant, :name, :description, 1)
      on conflict (tenant_id, name) where deleted_at is null do nothing
      """;

  static final String INSERT_VERSION =
      """
      insert into sluice.transformation_rule_versions
        (tenant_id, rule_id, version, expression, input_schema, output_schema, created_by)
      values (:tenant, :id, :version, :expression, :input::json, :output::json, :who)
      """;

  static final String COLUMNS =
      """
      select r.rule_id, r.name, r.description, v.version, r.latest_version, r.revision, v.expression,
        v.input_schema::text, v.output_schema::text, r.created_at, r.updated_at, v.created_at
      from sluice.transformation_rules r join sluice.transformation_rule_versions v using (rule_id)
      where r.tenant_id = :tenant and r.deleted_at is null
      """;

  static final String BY_ID =
      COLUMNS + " and rule_id = :id and v.version = coalesce(:version::integer, r.latest_version)";
  static final String BY_NAME =
      COLUMNS + " and r.name = :name and v.version = coalesce(:version::integer, r.latest_version)";

  static final String LIST =
      COLUMNS
          + """
           and v.version = r.latest_version and (:before::uuid is null or rule_id < :before::uuid)
          order by rule_id desc limit :limit
          """;

  static final String VERSIONS =
      COLUMNS
          + """
           and rule_id = :id and (:before::integer is null or v.version < :before::integer)
          order by v.version desc limit :limit
          """;

  /// Names the revision that it leaves: whoever is later gets none.
  static final String CHANGE =
      """
      update sluice.transformation_rules
      set name = :name, description = :description, latest_version = :version, revision = revision + 1,
        updated_at = now()
      where rule_id = :id and revision = :revision and deleted_at is null
      """;

  static final String DELETE =
      """
      update sluice.transformation_rules set deleted_at = now()
      where rule_id = :id and revision = :revision and deleted_at is null
      """;

  /// A rule at a version.
  ///
  /// @param inputSchema JSON; null: none
  /// @param outputSchema JSON; null: none
  public record Row(
      UUID id,
      String name,
      @Nullable String description,
      int version,
      int latestVersion,
      int revision,
      String expression,
      @Nullable String inputSchema,
      @Nullable String outputSchema,
      Instant createdAt,
      Instant updatedAt,
      Instant versionCreatedAt) {}

  private final JdbcClient jdbc;

  RuleStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Inserts a rule at version 1, without the version.
  ///
  /// @return false if the name is taken
  public boolean insert(TenantId tenant, UUID id, String name, @Nullable String description) {
    return jdbc.sql(INSERT)
            .param("id", id)
            .param("tenant", tenant.value())
            .param("name", name)
            .param("description", description)
            .update()
        == 1;
  }

  /// A version to insert.
  public record NewVersion(
      UUID rule,
      int version,
      String expression,
      @Nullable String inputSchema,
      @Nullable String outputSchema,
      String who) {}

  /// Inserts a version. Belongs in the transaction that makes it the latest.
  public void insert(TenantId tenant, NewVersion version) {
    jdbc.sql(INSERT_VERSION)
        .param("tenant", tenant.value())
        .param("id", version.rule())
        .param("version", version.version())
        .param("expression", version.expression())
        .param("input", version.inputSchema())
        .param("output", version.outputSchema())
        .param("who", version.who())
        .update();
  }

  /// A rule by id, at a version or, if that is null, its latest.
  public Optional<Row> find(TenantId tenant, UUID id, @Nullable Integer version) {
    return jdbc.sql(BY_ID)
        .param("tenant", tenant.value())
        .param("id", id)
        .param("version", version)
        .query((row, _) -> read(row))
        .optional();
  }

  /// A rule by name, at a version or, if that is null, its latest.
  public Optional<Row> find(TenantId tenant, String name, @Nullable Integer version) {
    return jdbc.sql(BY_NAME)
        .param("tenant", tenant.value())
        .param("name", name)
        .param("version", version)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Rules, newest first.
  public List<Row> list(TenantId tenant, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// Versions of a rule, newest first.
  public List<Row> versions(TenantId tenant, UUID id, @Nullable Integer before, int limit) {
    return jdbc.sql(VERSIONS)
        .param("tenant", tenant.value())
        .param("id", id)
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// What a rule becomes.
  ///
  /// @param version its latest from now on
  public record Change(String name, @Nullable String description, int version) {}

  /// Changes a rule that is at a revision.
  ///
  /// @return false if it is not
  public boolean change(UUID id, int revision, Change change) {
    return jdbc.sql(CHANGE)
            .param("id", id)
            .param("revision", revision)
            .param("name", change.name())
            .param("description", change.description())
            .param("version", change.version())
            .update()
        == 1;
  }

  /// Takes a rule away that is at a revision.
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
        row.getInt(4),
        row.getInt(5),
        row.getInt(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getTimestamp(10).toInstant(),
        row.getTimestamp(11).toInstant(),
        row.getTimestamp(12).toInstant());
  }
}
