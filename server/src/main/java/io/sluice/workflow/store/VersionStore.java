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

/// Versions of workflows, which never change.
@Repository
public class VersionStore {
  static final String INSERT =
      """
      insert into sluice.workflow_versions
        (version_id, tenant_id, workflow_id, version, format, source, definition, sha256, steps, created_by)
      values (:id, :tenant, :workflow, :version, :format, :source, :definition::json, :sha, :steps, :who)
      """;

  static final String COLUMNS =
      """
      select version_id, workflow_id, version, format, source, definition::text, sha256, steps, created_at, created_by
      from sluice.workflow_versions
      """;

  static final String BY_NUMBER =
      COLUMNS + " where tenant_id = :tenant and workflow_id = :workflow and version = :version";
  static final String BY_ID = COLUMNS + " where version_id = :id";

  static final String LIST =
      """
      select version_id, workflow_id, version, format, '', '', sha256, steps, created_at, created_by
      from sluice.workflow_versions
      where tenant_id = :tenant and workflow_id = :workflow
        and (:before::integer is null or version < :before::integer)
      order by version desc limit :limit
      """;

  /// A version's row.
  ///
  /// @param source empty in lists
  /// @param definition JSON; empty in lists
  public record Row(
      UUID id,
      UUID workflow,
      int version,
      String format,
      String source,
      String definition,
      String sha256,
      int steps,
      Instant createdAt,
      String createdBy) {}

  /// A version to insert.
  public record New(
      UUID id,
      UUID workflow,
      int version,
      String format,
      String source,
      String definition,
      String sha256,
      int steps,
      String who) {}

  private final JdbcClient jdbc;

  VersionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Inserts a version. Belongs in the transaction that makes it the latest.
  public void insert(TenantId tenant, New version) {
    jdbc.sql(INSERT)
        .param("id", version.id())
        .param("tenant", tenant.value())
        .param("workflow", version.workflow())
        .param("version", version.version())
        .param("format", version.format())
        .param("source", version.source())
        .param("definition", version.definition())
        .param("sha", version.sha256())
        .param("steps", version.steps())
        .param("who", version.who())
        .update();
  }

  /// A version by its number.
  public Optional<Row> find(TenantId tenant, UUID workflow, int version) {
    return jdbc.sql(BY_NUMBER)
        .param("tenant", tenant.value())
        .param("workflow", workflow)
        .param("version", version)
        .query((row, _) -> read(row))
        .optional();
  }

  /// A version by its id, whosever it is: ids come from executions, which have checked.
  public Optional<Row> find(UUID id) {
    return jdbc.sql(BY_ID).param("id", id).query((row, _) -> read(row)).optional();
  }

  /// Versions, newest first.
  public List<Row> list(TenantId tenant, UUID workflow, @Nullable Integer before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("workflow", workflow)
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getInt(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getInt(8),
        row.getTimestamp(9).toInstant(),
        row.getString(10));
  }
}
