package io.sluice.notifications.store;

import io.sluice.engine.TenantId;
import io.sluice.notifications.ChannelType;
import io.sluice.notifications.Occasion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Channels.
@Repository
public class ChannelStore {
  static final String INSERT =
      """
      insert into sluice.notification_channel (channel_id, tenant_id, name, type, sealed_address, occasions, suite_id,
        languages, queue_depth, queue_age_ms, enabled)
      values (:id, :tenant, :name, :type, :address, :occasions, :suite, :languages, :depth, :age, :enabled)
      """;

  static final String COLUMNS =
      """
      select channel_id, tenant_id, name, type, sealed_address, occasions, suite_id, languages, queue_depth, queue_age_ms,
        enabled, active_since, version, created_at, updated_at
      from sluice.notification_channel
      """;

  static final String BY_ID = COLUMNS + " where tenant_id = :tenant and channel_id = :id";

  static final String LIST =
      COLUMNS
          + """
           where tenant_id = :tenant and (:before::uuid is null or channel_id < :before::uuid)
          order by channel_id desc limit :limit
          """;

  /// Those of all tenants that want to hear of one of some occasions.
  static final String LISTENING =
      COLUMNS + " where enabled and occasions && :occasions::text[] order by channel_id";

  /// Enabling begins with what happens from then on.
  static final String UPDATE =
      """
      update sluice.notification_channel set name = :name, type = :type, sealed_address = :address,
        occasions = :occasions, suite_id = :suite, languages = :languages, queue_depth = :depth, queue_age_ms = :age,
        active_since = case when :enabled and not enabled then now() else active_since end,
        enabled = :enabled, version = version + 1, updated_at = now()
      where tenant_id = :tenant and channel_id = :id and (:version::integer is null or version = :version::integer)
      """;

  static final String DELETE =
      "delete from sluice.notification_channel where tenant_id = :tenant and channel_id = :id";

  /// A row.
  ///
  /// @param activeSince what happened before is not for it
  public record Row(
      Written written, Instant activeSince, int version, Instant at, Instant changed) {
    /// The id.
    public UUID id() {
      return written.id();
    }
  }

  /// What of a channel is written.
  ///
  /// @param languages empty: all
  public record Written(
      UUID id,
      TenantId tenant,
      String name,
      ChannelType type,
      byte[] sealedAddress,
      List<Occasion> on,
      @Nullable UUID suite,
      List<String> languages,
      @Nullable Integer queueDepth,
      @Nullable Duration queueAge,
      boolean enabled) {}

  private final JdbcClient jdbc;

  ChannelStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Inserts one.
  public void insert(Written channel) {
    of(INSERT, channel).update();
  }

  /// Replaces what was said about one.
  ///
  /// @param version that it must have; null: any
  /// @return false if it has another one, or is gone
  public boolean update(Written channel, @Nullable Integer version) {
    return of(UPDATE, channel).param("version", version).update() == 1;
  }

  private JdbcClient.StatementSpec of(String sql, Written channel) {
    return jdbc.sql(sql)
        .param("id", channel.id())
        .param("tenant", channel.tenant().value())
        .param("name", channel.name())
        .param("type", channel.type().sql())
        .param("address", channel.sealedAddress())
        .param("occasions", names(channel.on()))
        .param("suite", channel.suite())
        .param("languages", channel.languages().toArray(String[]::new))
        .param("depth", channel.queueDepth())
        .param("age", channel.queueAge() == null ? null : channel.queueAge().toMillis())
        .param("enabled", channel.enabled());
  }

  private static String[] names(List<Occasion> on) {
    return on.stream().map(Occasion::sql).toArray(String[]::new);
  }

  /// One by id.
  public Optional<Row> find(TenantId tenant, UUID id) {
    return jdbc.sql(BY_ID)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Newest first.
  public List<Row> list(TenantId tenant, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// Those of all tenants that are enabled and want to hear of one of these.
  public List<Row> listening(List<Occasion> occasions) {
    return jdbc.sql(LISTENING)
        .param("occasions", names(occasions))
        .query((row, _) -> read(row))
        .list();
  }

  /// Removes one with all that is its.
  public boolean delete(TenantId tenant, UUID id) {
    return jdbc.sql(DELETE).param("tenant", tenant.value()).param("id", id).update() == 1;
  }

  private static Row read(ResultSet row) throws SQLException {
    long age = row.getLong("queue_age_ms");
    boolean ageless = row.wasNull();
    return new Row(
        new Written(
            row.getObject("channel_id", UUID.class),
            new TenantId(row.getObject("tenant_id", UUID.class)),
            row.getString("name"),
            ChannelType.of(row.getString("type")),
            row.getBytes("sealed_address"),
            texts(row, "occasions").stream().map(Occasion::of).toList(),
            row.getObject("suite_id", UUID.class),
            texts(row, "languages"),
            (Integer) row.getObject("queue_depth"),
            ageless ? null : Duration.ofMillis(age),
            row.getBoolean("enabled")),
        row.getTimestamp("active_since").toInstant(),
        row.getInt("version"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }
}
