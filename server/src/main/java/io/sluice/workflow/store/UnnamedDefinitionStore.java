package io.sluice.workflow.store;

import io.sluice.engine.TenantId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Definitions that came with requests.
@Repository
public class UnnamedDefinitionStore {
  /// The same definition again is as good as new: it is not forgotten while it is used.
  static final String KEEP =
      """
      insert into sluice.unnamed_definition as u (version_id, tenant_id, sha256, name, definition)
      values (:id, :tenant, :sha, :name, :definition::json)
      on conflict (tenant_id, sha256) do update set used_at = now()
      returning u.version_id
      """;

  static final String FIND =
      "select version_id, name, definition::text from sluice.unnamed_definition where version_id = :id";

  static final String FORGET =
      """
      delete from sluice.unnamed_definition u
      where u.used_at < :border
        and not exists (select from sluice.workflow_execution e where e.version_id = u.version_id and e.workflow_id is null)
      """;

  /// A definition.
  ///
  /// @param json as it was given, as JSON
  public record Row(UUID id, String name, String json) {}

  private final JdbcClient jdbc;

  UnnamedDefinitionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Keeps a definition.
  ///
  /// @return its id, the same for the same definition
  public UUID keep(TenantId tenant, Row row, String sha256) {
    return jdbc.sql(KEEP)
        .param("id", row.id())
        .param("tenant", tenant.value())
        .param("sha", sha256)
        .param("name", row.name())
        .param("definition", row.json())
        .query(UUID.class)
        .single();
  }

  /// A definition by its id, whosever it is: ids come from executions, which have checked.
  public Optional<Row> find(UUID id) {
    return jdbc.sql(FIND)
        .param("id", id)
        .query(
            (row, _) -> new Row(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
        .optional();
  }

  /// Removes those that no execution follows and nobody has used since a border.
  public int forget(Instant border) {
    return jdbc.sql(FORGET).param("border", Timestamp.from(border)).update();
  }
}
