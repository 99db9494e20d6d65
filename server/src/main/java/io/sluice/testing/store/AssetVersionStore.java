package io.sluice.testing.store;

import io.sluice.engine.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Versions of test assets, which never change.
@Repository
public class AssetVersionStore {
  static final String INSERT =
      """
      insert into sluice.test_asset_versions
        (version_id, tenant_id, asset_id, version, format, source, definition, sha256, created_by)
      values (:id, :tenant, :asset, :version, :format, :source, :definition::json, :sha, :who)
      """;

  static final String COLUMNS =
      """
      select version_id, asset_id, version, format, source, definition::text, sha256, created_at, created_by
      from sluice.test_asset_versions
      """;

  static final String BY_NUMBER =
      COLUMNS + " where tenant_id = :tenant and asset_id = :asset and version = :version";

  static final String BY_IDS = COLUMNS + " where version_id = any(:ids::uuid[])";

  /// The latest of each.
  static final String LATEST =
      """
      select v.version_id, v.asset_id, v.version, v.format, v.source, v.definition::text, v.sha256, v.created_at,
        v.created_by
      from sluice.test_assets a
      join sluice.test_asset_versions v on v.asset_id = a.asset_id and v.version = a.latest_version
      where a.tenant_id = :tenant and a.asset_id = any(:assets::uuid[])
      """;

  static final String LIST =
      """
      select version_id, asset_id, version, format, '', '', sha256, created_at, created_by
      from sluice.test_asset_versions
      where tenant_id = :tenant and asset_id = :asset
        and (:before::integer is null or version < :before::integer)
      order by version desc limit :limit
      """;

  /// A version's row.
  ///
  /// @param source empty in lists
  /// @param definition JSON; empty in lists
  public record Row(
      UUID id,
      UUID asset,
      int version,
      String format,
      String source,
      String definition,
      String sha256,
      Instant createdAt,
      String createdBy) {}

  /// A version to insert.
  public record New(
      UUID id,
      UUID asset,
      int version,
      String format,
      String source,
      String definition,
      String sha256,
      String who) {}

  private final JdbcClient jdbc;

  AssetVersionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Inserts a version. Belongs in the transaction that makes it the latest.
  public void insert(TenantId tenant, New version) {
    jdbc.sql(INSERT)
        .param("id", version.id())
        .param("tenant", tenant.value())
        .param("asset", version.asset())
        .param("version", version.version())
        .param("format", version.format())
        .param("source", version.source())
        .param("definition", version.definition())
        .param("sha", version.sha256())
        .param("who", version.who())
        .update();
  }

  /// A version by its number.
  public Optional<Row> find(TenantId tenant, UUID asset, int version) {
    return jdbc.sql(BY_NUMBER)
        .param("tenant", tenant.value())
        .param("asset", asset)
        .param("version", version)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Versions by their ids, whosever they are: ids come from runs, which have checked.
  public List<Row> find(Collection<UUID> ids) {
    return jdbc.sql(BY_IDS)
        .param("ids", ids.toArray(UUID[]::new))
        .query((row, _) -> read(row))
        .list();
  }

  /// The latest version of each of these assets, in no order.
  public List<Row> latest(TenantId tenant, Collection<UUID> assets) {
    return jdbc.sql(LATEST)
        .param("tenant", tenant.value())
        .param("assets", assets.toArray(UUID[]::new))
        .query((row, _) -> read(row))
        .list();
  }

  /// Versions, newest first.
  public List<Row> list(TenantId tenant, UUID asset, @Nullable Integer before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("asset", asset)
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
        row.getTimestamp(8).toInstant(),
        row.getString(9));
  }
}
