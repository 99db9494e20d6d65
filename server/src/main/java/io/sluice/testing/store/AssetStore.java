package io.sluice.testing.store;

import io.sluice.engine.TenantId;
import io.sluice.testing.AssetKind;
import io.sluice.testing.CaseType;
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

/// Test assets; their versions are [AssetVersionStore]'s.
@Repository
public class AssetStore {
  /// Two that make the same name follow each other here; only one gets the row.
  static final String INSERT =
      """
      insert into sluice.test_assets
        (asset_id, tenant_id, kind, name, description, case_type, tags, priority, languages, uses, path, latest_version)
      values (:id, :tenant, :kind, :name, :description, :type, :tags::text[], :priority, :languages::text[],
        :uses::text[], :path, 1)
      on conflict (tenant_id, kind, name) where deleted_at is null do nothing
      """;

  static final String COLUMNS =
      """
      select asset_id, kind, name, description, case_type, tags, priority, languages, path, latest_version,
        created_at, updated_at, deleted_at
      from sluice.test_assets
      """;

  /// A deleted one can be read by its id: runs point to it.
  static final String BY_ID =
      COLUMNS + " where tenant_id = :tenant and kind = :kind and asset_id = :id";

  static final String BY_NAME =
      COLUMNS
          + " where tenant_id = :tenant and kind = :kind and name = :name and deleted_at is null";

  /// Whoever makes the next version waits here for the one before.
  static final String LOCK =
      COLUMNS
          + " where tenant_id = :tenant and kind = :kind and asset_id = :id and deleted_at is null for update";

  static final String BY_NAMES =
      COLUMNS
          + """
           where tenant_id = :tenant and kind = :kind and deleted_at is null and name = any(:names::text[])
          """;

  static final String ALL =
      COLUMNS + " where tenant_id = :tenant and kind = :kind and deleted_at is null order by name";

  static final String LIST =
      COLUMNS
          + """
           where tenant_id = :tenant and kind = :kind and (deleted_at is not null) = :archived
            and (:before::uuid is null or asset_id < :before::uuid)
            and (:name::text is null or strpos(lower(name), lower(:name::text)) > 0)
            and (:tag::text is null or tags @> array[:tag::text])
            and (:type::text is null or case_type = :type::text)
          order by asset_id desc limit :limit
          """;

  static final String NAMES =
      """
      select name from sluice.test_assets
      where tenant_id = :tenant and kind = :kind and deleted_at is null order by name limit 1000
      """;

  static final String USERS =
      """
      select name from sluice.test_assets
      where tenant_id = :tenant and kind in ('case', 'item') and uses @> array[:name::text] and deleted_at is null
      order by name limit 20
      """;

  static final String ADVANCE =
      """
      update sluice.test_assets
      set latest_version = :version, description = :description, case_type = :type, tags = :tags::text[],
        priority = :priority, languages = :languages::text[], uses = :uses::text[],
        path = coalesce(:path, path), updated_at = now()
      where asset_id = :id and latest_version = :version - 1 and deleted_at is null
      """;

  static final String MOVE =
      """
      update sluice.test_assets set path = :path
      where tenant_id = :tenant and asset_id = :id and path is distinct from :path and deleted_at is null
      """;

  static final String DELETE =
      """
      update sluice.test_assets set deleted_at = now()
      where tenant_id = :tenant and asset_id = :id and deleted_at is null
      """;

  /// An asset's row.
  public record Row(
      UUID id,
      AssetKind kind,
      String name,
      @Nullable String description,
      @Nullable CaseType type,
      List<String> tags,
      @Nullable Integer priority,
      List<String> languages,
      @Nullable String path,
      int latestVersion,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant deletedAt) {}

  /// What a definition says about its asset.
  ///
  /// @param uses names of the assets that it refers to
  /// @param path null: it came from no file
  public record Head(
      AssetKind kind,
      String name,
      @Nullable String description,
      @Nullable CaseType type,
      List<String> tags,
      @Nullable Integer priority,
      List<String> languages,
      Collection<String> uses,
      @Nullable String path) {}

  /// Which assets; what is null is not asked.
  public record Filter(
      @Nullable String name, @Nullable String tag, @Nullable CaseType type, boolean archived) {}

  private final JdbcClient jdbc;

  AssetStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Inserts an asset at version 1.
  ///
  /// @return false if the name is taken
  public boolean insert(TenantId tenant, UUID id, Head head) {
    return head(jdbc.sql(INSERT), head)
            .param("id", id)
            .param("tenant", tenant.value())
            .param("kind", head.kind().sql())
            .param("name", head.name())
            .update()
        == 1;
  }

  private static JdbcClient.StatementSpec head(JdbcClient.StatementSpec statement, Head head) {
    return statement
        .param("description", head.description())
        .param("type", head.type() == null ? null : head.type().sql())
        .param("tags", head.tags().toArray(String[]::new))
        .param("priority", head.priority())
        .param("languages", head.languages().toArray(String[]::new))
        .param("uses", head.uses().toArray(String[]::new))
        .param("path", head.path());
  }

  /// An asset by id, deleted or not.
  public Optional<Row> find(TenantId tenant, AssetKind kind, UUID id) {
    return one(BY_ID, tenant, kind, id);
  }

  /// An asset by name.
  public Optional<Row> find(TenantId tenant, AssetKind kind, String name) {
    return of(BY_NAME, tenant, kind).param("name", name).query((r, _) -> read(r)).optional();
  }

  /// An asset, which stays as it is until the transaction ends.
  public Optional<Row> lock(TenantId tenant, AssetKind kind, UUID id) {
    return one(LOCK, tenant, kind, id);
  }

  private Optional<Row> one(String sql, TenantId tenant, AssetKind kind, UUID id) {
    return of(sql, tenant, kind).param("id", id).query((r, _) -> read(r)).optional();
  }

  private JdbcClient.StatementSpec of(String sql, TenantId tenant, AssetKind kind) {
    return jdbc.sql(sql).param("tenant", tenant.value()).param("kind", kind.sql());
  }

  /// Those of these names that are there.
  public List<Row> find(TenantId tenant, AssetKind kind, Collection<String> names) {
    return of(BY_NAMES, tenant, kind)
        .param("names", names.toArray(String[]::new))
        .query((r, _) -> read(r))
        .list();
  }

  /// All of a kind, by name.
  public List<Row> all(TenantId tenant, AssetKind kind) {
    return of(ALL, tenant, kind).query((r, _) -> read(r)).list();
  }

  /// Assets, newest first.
  public List<Row> list(TenantId tenant, AssetKind kind, Filter filter, Page page) {
    return of(LIST, tenant, kind)
        .param("archived", filter.archived())
        .param("before", page.before())
        .param("name", filter.name())
        .param("tag", filter.tag())
        .param("type", filter.type() == null ? null : filter.type().sql())
        .param("limit", page.limit())
        .query((r, _) -> read(r))
        .list();
  }

  /// A part of a list.
  ///
  /// @param before only those older than this one; null: from the newest
  public record Page(@Nullable UUID before, int limit) {}

  /// Names of a kind; a thousand at most.
  public List<String> names(TenantId tenant, AssetKind kind) {
    return of(NAMES, tenant, kind).query((r, _) -> r.getString(1)).list();
  }

  /// Names of cases and items that use an item; twenty at most.
  public List<String> users(TenantId tenant, String item) {
    return jdbc.sql(USERS)
        .param("tenant", tenant.value())
        .param("name", item)
        .query((r, _) -> r.getString(1))
        .list();
  }

  /// Makes a version the latest.
  ///
  /// @return false if it is not the one after the latest
  public boolean advance(UUID id, int version, Head head) {
    return head(jdbc.sql(ADVANCE), head).param("id", id).param("version", version).update() == 1;
  }

  /// Says that an asset's file lies elsewhere.
  public void move(TenantId tenant, UUID id, String path) {
    jdbc.sql(MOVE).param("tenant", tenant.value()).param("id", id).param("path", path).update();
  }

  /// Takes an asset away; its versions stay.
  public void delete(TenantId tenant, UUID id) {
    jdbc.sql(DELETE).param("tenant", tenant.value()).param("id", id).update();
  }

  private static Row read(ResultSet row) throws SQLException {
    var type = row.getString(5);
    var priority = row.getObject(7, Integer.class);
    return new Row(
        row.getObject(1, UUID.class),
        AssetKind.of(row.getString(2)),
        row.getString(3),
        row.getString(4),
        type == null ? null : CaseType.of(type),
        List.of((String[]) row.getArray(6).getArray()),
        priority,
        List.of((String[]) row.getArray(8).getArray()),
        row.getString(9),
        row.getInt(10),
        row.getTimestamp(11).toInstant(),
        row.getTimestamp(12).toInstant(),
        row.getTimestamp(13) == null ? null : row.getTimestamp(13).toInstant());
  }
}
