package io.sluice.webhooks.store;

import io.sluice.engine.TenantId;
import io.sluice.webhooks.DeliveryStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Deliveries.
@Repository
public class DeliveryStore {
  /// Nothing is inserted for a webhook that has gone meanwhile.
  static final String INSERT =
      """
      insert into sluice.webhook_delivery (delivery_id, tenant_id, webhook_id, message_id, event_id, origin, redelivery_of,
        type, body)
      select :id, w.tenant_id, w.webhook_id, :message, :event::uuid, :origin, :redeliveryOf::uuid, :type, :body
      from sluice.webhook w where w.webhook_id = :webhook
      for key share
      on conflict (webhook_id, event_id) where origin = 'event' do nothing
      """;

  static final String SET_JOB =
      "update sluice.webhook_delivery set job_id = :job where delivery_id = :id";

  static final String COLUMNS =
      """
      select delivery_id, tenant_id, webhook_id, message_id, event_id, origin, redelivery_of, type, body, status, attempts,
        job_id, created_at, ended_at
      from sluice.webhook_delivery
      """;

  static final String BY_ID = COLUMNS + " where tenant_id = :tenant and delivery_id = :id";

  static final String LIST =
      COLUMNS
          + """
           where tenant_id = :tenant and webhook_id = :webhook
            and (:before::uuid is null or delivery_id < :before::uuid)
            and (:status::text is null or status = :status::text)
            and (:type::text is null or type like :type::text)
          order by delivery_id desc limit :limit
          """;

  /// By the index on age; few at a time, so that no lock is held long. What has not ended a week
  /// later never will: its job was cancelled or dropped.
  static final String SWEEP =
      """
      delete from sluice.webhook_delivery where delivery_id in (
        select delivery_id from sluice.webhook_delivery
        where created_at < now() - :ageMillis * interval '1 millisecond'
          and (ended_at is not null or created_at < now() - :ageMillis * interval '1 millisecond' - interval '7 days')
        limit :limit)
      """;

  /// A row.
  public record Row(
      UUID id,
      TenantId tenant,
      UUID webhook,
      String message,
      @Nullable UUID event,
      String origin,
      @Nullable UUID redeliveryOf,
      String type,
      String body,
      DeliveryStatus status,
      int attempts,
      @Nullable UUID job,
      Instant createdAt,
      @Nullable Instant endedAt) {}

  /// A delivery to insert.
  ///
  /// @param origin `event`, `redelivery` or `test`
  public record New(
      UUID id,
      UUID webhook,
      String message,
      @Nullable UUID event,
      String origin,
      @Nullable UUID redeliveryOf,
      String type,
      String body) {}

  private final JdbcClient jdbc;

  DeliveryStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Inserts one.
  ///
  /// @return false if the webhook is gone, or has one for the event
  public boolean insert(New delivery) {
    return jdbc.sql(INSERT)
            .param("id", delivery.id())
            .param("webhook", delivery.webhook())
            .param("message", delivery.message())
            .param("event", delivery.event())
            .param("origin", delivery.origin())
            .param("redeliveryOf", delivery.redeliveryOf())
            .param("type", delivery.type())
            .param("body", delivery.body())
            .update()
        == 1;
  }

  /// Names the job that delivers it.
  public void setJob(UUID id, UUID job) {
    jdbc.sql(SET_JOB).param("id", id).param("job", job).update();
  }

  /// One by id.
  public Optional<Row> find(TenantId tenant, UUID id) {
    return jdbc.sql(BY_ID)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Which deliveries.
  ///
  /// @param status null: all
  /// @param type `*` at its end stands for anything; null: all
  public record Query(
      TenantId tenant,
      UUID webhook,
      @Nullable String status,
      @Nullable String type,
      @Nullable UUID before,
      int limit) {}

  /// Newest first.
  public List<Row> list(Query query) {
    return jdbc.sql(LIST)
        .param("tenant", query.tenant().value())
        .param("webhook", query.webhook())
        .param("before", query.before())
        .param("status", query.status())
        .param("type", query.type() == null ? null : pattern(query.type()))
        .param("limit", query.limit())
        .query((row, _) -> read(row))
        .list();
  }

  private static String pattern(String type) {
    var literal = type.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return literal.endsWith("*") ? literal.substring(0, literal.length() - 1) + "%" : literal;
  }

  /// Removes some that were made so long ago.
  ///
  /// @return how many
  public int sweep(Duration age, int limit) {
    return jdbc.sql(SWEEP).param("ageMillis", age.toMillis()).param("limit", limit).update();
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getObject(1, UUID.class),
        new TenantId(row.getObject(2, UUID.class)),
        row.getObject(3, UUID.class),
        row.getString(4),
        row.getObject(5, UUID.class),
        row.getString(6),
        row.getObject(7, UUID.class),
        row.getString(8),
        row.getString(9),
        DeliveryStatus.of(row.getString(10)),
        row.getInt(11),
        row.getObject(12, UUID.class),
        row.getTimestamp(13).toInstant(),
        WebhookStore.instant(row.getTimestamp(14)));
  }
}
