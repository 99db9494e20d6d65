package io.sluice.webhooks.store;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.webhooks.DeliveryStatus;
import io.sluice.webhooks.DeliveryView.Attempt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The attempts of deliveries.
@Repository
public class AttemptStore {
  private static final TypeReference<LinkedHashMap<String, String>> HEADERS =
      new TypeReference<>() {};

  static final String INSERT =
      """
      insert into sluice.webhook_attempt (delivery_id, number, tenant_id, sent_at, took_ms, request_headers, status,
        response_headers, response_body, error_code, error)
      values (:delivery, :number, :tenant, :sentAt, :took, :requestHeaders::jsonb, :status, :responseHeaders::jsonb,
        :responseBody, :errorCode, :error)
      """;

  /// The status names what it leaves: a delivery that has ended is taken up again only by whoever
  /// redrives its job.
  static final String COUNT =
      """
      update sluice.webhook_delivery set attempts = :number, status = :status,
        ended_at = case when :status <> 'pending' then now() end
      where delivery_id = :delivery and attempts < :number
      """;

  static final String DISCARD =
      """
      update sluice.webhook_delivery set status = 'discarded', ended_at = now()
      where delivery_id = :delivery and status = 'pending'
      """;

  static final String OF =
      """
      select delivery_id, number, sent_at, took_ms, request_headers::text, status, response_headers::text, response_body,
        error_code, error
      from sluice.webhook_attempt where delivery_id in (:deliveries) order by delivery_id, number
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  AttemptStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// An attempt with what it means for its delivery.
  public record Made(TenantId tenant, UUID delivery, Attempt attempt, DeliveryStatus then) {}

  /// Records an attempt, on the transaction that fences it.
  public void record(Tx tx, Made made) {
    var on = OnTransaction.of(tx);
    var attempt = made.attempt();
    on.sql(INSERT)
        .param("delivery", made.delivery())
        .param("number", attempt.number())
        .param("tenant", made.tenant().value())
        .param("sentAt", Timestamp.from(attempt.sentAt()))
        .param("took", attempt.tookMillis())
        .param("requestHeaders", json.writeValueAsString(attempt.requestHeaders()))
        .param("status", attempt.status())
        .param("responseHeaders", written(attempt.responseHeaders()))
        .param("responseBody", attempt.responseBody())
        .param("errorCode", attempt.errorCode())
        .param("error", attempt.error())
        .update();
    on.sql(COUNT)
        .param("delivery", made.delivery())
        .param("number", attempt.number())
        .param("status", made.then().sql())
        .update();
  }

  private @Nullable String written(@Nullable Map<String, String> headers) {
    return headers == null ? null : json.writeValueAsString(headers);
  }

  /// Ends a delivery that is not made.
  public void discard(Tx tx, UUID delivery) {
    OnTransaction.of(tx).sql(DISCARD).param("delivery", delivery).update();
  }

  /// The attempts of deliveries, oldest first.
  public Map<UUID, List<Attempt>> of(Collection<UUID> deliveries) {
    return deliveries.isEmpty()
        ? Map.of()
        : jdbc
            .sql(OF)
            .param("deliveries", deliveries)
            .query((row, _) -> Map.entry(row.getObject(1, UUID.class), read(row)))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private Attempt read(ResultSet row) throws SQLException {
    return new Attempt(
        row.getInt(2),
        row.getTimestamp(3).toInstant(),
        row.getLong(4),
        json.readValue(row.getString(5), HEADERS),
        row.getObject(6, Integer.class),
        row.getString(7) == null ? null : json.readValue(row.getString(7), HEADERS),
        row.getString(8),
        row.getString(9),
        row.getString(10));
  }
}
