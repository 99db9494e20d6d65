package io.sluice.review.store;

import io.sluice.engine.TenantId;
import io.sluice.review.ReviewerDirectory.Profile;
import io.sluice.review.ReviewerView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reviewers.
@Repository
public class ReviewerStore {
  private static final String COLUMNS =
      "select reviewer_id, name, native, fluent, skills, active, created_at, version from sluice.reviewer";

  static final String INSERT =
      """
      insert into sluice.reviewer (reviewer_id, tenant_id, name, native, fluent, skills, active)
      values (:id, :tenant, :name, :native, :fluent, :skills, :active)
      on conflict (tenant_id, name) do nothing
      """;

  static final String UPDATE =
      """
      update sluice.reviewer r
      set name = :name, native = :native, fluent = :fluent, skills = :skills, active = :active, version = version + 1
      where tenant_id = :tenant and reviewer_id = :id and (:version::int is null or version = :version::int)
        and not exists (
          select from sluice.reviewer o where o.tenant_id = :tenant and o.name = :name and o.reviewer_id <> :id)
      """;

  static final String ONE = COLUMNS + " where tenant_id = :tenant and reviewer_id = :id";

  static final String LIST =
      COLUMNS
          + " where tenant_id = :tenant and (:before::uuid is null or reviewer_id < :before::uuid)"
          + " order by reviewer_id desc limit :limit";

  private final JdbcClient jdbc;

  ReviewerStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Makes one.
  ///
  /// @return false if the name is taken
  public boolean insert(TenantId tenant, UUID id, Profile profile) {
    return bound(jdbc.sql(INSERT), tenant, id, profile).update() == 1;
  }

  /// Changes one.
  ///
  /// @param version only if it still is this; null: whatever it is
  /// @return false if there is none, it has changed, or the name is taken
  public boolean update(TenantId tenant, UUID id, Profile profile, @Nullable Integer version) {
    return bound(jdbc.sql(UPDATE), tenant, id, profile).param("version", version).update() == 1;
  }

  private static JdbcClient.StatementSpec bound(
      JdbcClient.StatementSpec sql, TenantId tenant, UUID id, Profile profile) {
    return sql.param("id", id)
        .param("tenant", tenant.value())
        .param("name", profile.name())
        .param("native", profile.nativeLanguages().toArray(String[]::new))
        .param("fluent", profile.fluentLanguages().toArray(String[]::new))
        .param("skills", profile.skills().toArray(String[]::new))
        .param("active", profile.active());
  }

  /// One by id.
  public Optional<ReviewerView> find(TenantId tenant, UUID id) {
    return jdbc.sql(ONE)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Newest first.
  public List<ReviewerView> list(TenantId tenant, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  private static ReviewerView read(ResultSet row) throws SQLException {
    return new ReviewerView(
        row.getObject(1, UUID.class),
        row.getString(2),
        set(row, 3),
        set(row, 4),
        set(row, 5),
        row.getBoolean(6),
        row.getTimestamp(7).toInstant(),
        row.getInt(8));
  }

  private static Set<String> set(ResultSet row, int column) throws SQLException {
    return Set.of((String[]) row.getArray(column).getArray());
  }
}
