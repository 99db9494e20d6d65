package io.sluice.webhooks.store;

import io.sluice.engine.TenantId;
import io.sluice.webhooks.IncomingWebhooks;
import io.sluice.webhooks.ReceivedHook;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Calls that came in.
@Repository
public class ReceivedStore {
  private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

  /// Two calls with one replay key follow each other here; the second is none.
  static final String INSERT =
      """
      insert into sluice.received_hook (hook_id, tenant_id, trigger_id, verdict, reason, replay_key, headers, body,
        body_bytes)
      values (:id, :tenant, :trigger, :verdict, :reason, :replayKey, :headers::jsonb, :body, :bytes)
      on conflict (trigger_id, replay_key) where verdict = 'accepted' do nothing
      """;

  static final String SET_STARTED =
      "update sluice.received_hook set started_id = :started where hook_id = :id";

  static final String COLUMNS =
      """
      select hook_id, trigger_id, received_at, verdict, reason, headers::text, body, body_bytes, started_id
      from sluice.received_hook
      """;

  static final String BY_ID = COLUMNS + " where tenant_id = :tenant and hook_id = :id";

  static final String LIST =
      COLUMNS
          + """
           where tenant_id = :tenant and (:trigger::uuid is null or trigger_id = :trigger::uuid)
            and (:verdict::text is null or verdict = :verdict::text)
            and (:before::uuid is null or hook_id < :before::uuid)
          order by hook_id desc limit :limit
          """;

  static final String SWEEP =
      """
      delete from sluice.received_hook where hook_id in (
        select hook_id from sluice.received_hook
        where received_at < now() - :ageMillis * interval '1 millisecond' limit :limit)
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ReceivedStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// A call to record.
  ///
  /// @param body its beginning
  public record New(
      UUID id,
      TenantId tenant,
      UUID trigger,
      String verdict,
      @Nullable String reason,
      @Nullable String replayKey,
      Map<String, List<String>> headers,
      byte[] body,
      int bodyBytes) {
    /// The same as a call that is refused.
    public New refused(String why) {
      return new New(id, tenant, trigger, "refused", why, null, headers, body, bodyBytes);
    }

    /// The same as a replay.
    public New replayed() {
      return new New(id, tenant, trigger, "replayed", null, replayKey, headers, body, bodyBytes);
    }
  }

  /// Records a call.
  ///
  /// @return false if one with its replay key was accepted before
  public boolean insert(New hook) {
    return jdbc.sql(INSERT)
            .param("id", hook.id())
            .param("tenant", hook.tenant().value())
            .param("trigger", hook.trigger())
            .param("verdict", hook.verdict())
            .param("reason", hook.reason())
            .param("replayKey", hook.replayKey())
            .param("headers", json.writeValueAsString(hook.headers()))
            .param("body", hook.body())
            .param("bytes", hook.bodyBytes())
            .update()
        == 1;
  }

  /// Notes what a call has started.
  public void setStarted(UUID id, UUID started) {
    jdbc.sql(SET_STARTED).param("id", id).param("started", started).update();
  }

  /// One by id.
  public Optional<ReceivedHook> find(TenantId tenant, UUID id) {
    return jdbc.sql(BY_ID)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Newest first.
  public List<ReceivedHook> list(
      TenantId tenant, IncomingWebhooks.Filter filter, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("trigger", filter.trigger())
        .param("verdict", filter.verdict())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// Removes some that came so long ago.
  ///
  /// @return how many
  public int sweep(Duration age, int limit) {
    return jdbc.sql(SWEEP).param("ageMillis", age.toMillis()).param("limit", limit).update();
  }

  private ReceivedHook read(ResultSet row) throws SQLException {
    return new ReceivedHook(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getTimestamp(3).toInstant(),
        Objects.requireNonNull(row.getString(4)),
        row.getString(5),
        json.readValue(row.getString(6), HEADERS),
        new String(row.getBytes(7), StandardCharsets.UTF_8),
        row.getInt(8),
        row.getObject(9, UUID.class));
  }
}
