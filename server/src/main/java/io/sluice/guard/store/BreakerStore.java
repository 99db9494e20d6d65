package io.sluice.guard.store;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.guard.BreakerConfig;
import io.sluice.guard.BreakerState;
import io.sluice.guard.Breakers;
import io.sluice.guard.model.Counts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Circuit breakers and what becomes of them. Every change names the generation that it leaves.
@Repository
public class BreakerStore {
  /// Made by whoever comes first.
  static final String CREATE =
      """
      insert into sluice.circuit_breaker (tenant_id, service, breaker_id, reason, config)
      values (:tenant, :service, :id, 'it is new', :config::jsonb)
      on conflict (tenant_id, service) do nothing
      """;

  /// The windows are read by the primary key of `circuit_window`: some sixty rows a node.
  static final String READ =
      """
      select b.*, clock_timestamp() as read_at,
        (select coalesce(jsonb_agg(jsonb_build_object('calls', n.calls, 'failed', n.failed, 'slow', n.slow)), '[]')::text
         from (select sum(w.calls)::bigint as calls, sum(w.failed)::bigint as failed, sum(w.slow)::bigint as slow
               from sluice.circuit_window w
               where w.tenant_id = b.tenant_id and w.service = b.service and w.bucket_start >= b.counts_from
                 and w.bucket_start > clock_timestamp() - (b.config ->> 'windowSize')::interval
               group by w.node_id) n) as nodes
      from sluice.circuit_breaker b
      """;

  static final String FIND = READ + " where b.tenant_id = :tenant and b.service = :service";

  static final String LIST =
      READ
          + """
          where b.tenant_id = :tenant and (:state::text is null or b.state = :state)
            and (:service::text is null or b.service = :service) and (:after::text is null or b.service > :after)
          order by b.service limit :limit
          """;

  /// Those that a node has called, and all that are not closed.
  static final String WATCHED =
      READ
          + """
          where b.state <> 'CLOSED' or (b.tenant_id, b.service) in (
            select k.tenant, k.service from jsonb_to_recordset(:known::jsonb) as k (tenant uuid, service text))
          """;

  static final String OPEN =
      """
      update sluice.circuit_breaker set state = 'OPEN', generation = generation + 1, reason = :reason,
        openings = :openings, opened_at = clock_timestamp(), updated_at = clock_timestamp(),
        callers = case when state = 'CLOSED' then greatest(1, :callers) else callers end,
        open_until = clock_timestamp() + :wait::interval
      where tenant_id = :tenant and service = :service and generation = :generation and state in ('CLOSED', 'HALF_OPEN')
      """;

  /// A wish that comes while it is open: only ever longer.
  static final String EXTEND =
      """
      update sluice.circuit_breaker set open_until = clock_timestamp() + :wait::interval, updated_at = clock_timestamp()
      where tenant_id = :tenant and service = :service and state = 'OPEN'
        and open_until < clock_timestamp() + :wait::interval
      """;

  static final String PROBE =
      """
      update sluice.circuit_breaker set state = 'HALF_OPEN', generation = generation + 1, reason = :reason,
        open_until = null, updated_at = clock_timestamp()
      where tenant_id = :tenant and service = :service and generation = :generation and state = 'OPEN'
        and open_until <= clock_timestamp()
      """;

  static final String RECOVER =
      """
      update sluice.circuit_breaker set state = 'CLOSED', generation = generation + 1, reason = :reason, opened_at = null,
        open_until = null, closed_at = clock_timestamp(), counts_from = clock_timestamp(), updated_at = clock_timestamp()
      where tenant_id = :tenant and service = :service and generation = :generation and state = 'HALF_OPEN'
      """;

  /// From any state; only one that was not closed comes back in waves.
  static final String RESET =
      """
      update sluice.circuit_breaker set generation = generation + 1, reason = :reason, openings = 0, opened_at = null,
        open_until = null, counts_from = clock_timestamp(), updated_at = clock_timestamp(), state = 'CLOSED',
        closed_at = case when state = 'CLOSED' then closed_at else clock_timestamp() end
      where tenant_id = :tenant and service = :service and generation = :generation
        and state in ('CLOSED', 'OPEN', 'HALF_OPEN')
      """;

  static final String CONFIGURE =
      """
      update sluice.circuit_breaker set config = :config::jsonb, version = version + 1, updated_at = clock_timestamp()
      where tenant_id = :tenant and service = :service and (:expected::integer is null or version = :expected)
      """;

  /// Until the transaction ends, nobody else moves it.
  static final String HOLD =
      """
      select 1 from sluice.circuit_breaker
      where tenant_id = :tenant and service = :service and generation = :generation and state = 'HALF_OPEN' for update
      """;

  static final String DELETE =
      """
      delete from sluice.circuit_breaker where tenant_id = :tenant and service = :service
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final IdSource ids;

  /// On a database.
  public BreakerStore(JdbcClient jdbc, JsonMapper json, IdSource ids) {
    this.jdbc = jdbc;
    this.json = json;
    this.ids = ids;
  }

  /// Makes a breaker, unless there is one.
  ///
  /// @return whether there was none
  public boolean create(Key key, BreakerConfig config) {
    return on(CREATE, key)
            .param("id", ids.next())
            .param("config", json.writeValueAsString(config))
            .update()
        == 1;
  }

  /// One breaker.
  public Optional<Breaker> find(Key key) {
    return on(FIND, key).query(this::read).optional();
  }

  /// Breakers that match, by service.
  public List<Breaker> list(TenantId tenant, Breakers.Filter filter, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("state", filter.state() == null ? null : filter.state().name())
        .param("service", filter.service())
        .param("after", filter.after())
        .param("limit", limit)
        .query(this::read)
        .list();
  }

  /// What a node looks after.
  public List<Breaker> watched(Collection<Key> known) {
    var keys = known.stream().map(k -> new Known(k.tenant().value(), k.service())).toList();
    return jdbc.sql(WATCHED).param("known", json.writeValueAsString(keys)).query(this::read).list();
  }

  private record Known(UUID tenant, String service) {}

  /// A change that leaves a generation.
  ///
  /// @param openings in a row, where it opens
  /// @param span how long, where it opens
  /// @param callers how many nodes have called of late
  public record Leaving(
      Key key, long generation, String reason, int openings, Duration span, int callers) {}

  /// Opens it. False: somebody else has changed it meanwhile; so for all changes.
  public boolean open(Leaving change) {
    return leave(OPEN, change)
            .param("openings", change.openings())
            .param("callers", change.callers())
            .param("wait", change.span().toString())
            .update()
        == 1;
  }

  /// Lets an open breaker stay open for longer.
  public boolean extend(Key key, Duration span) {
    return on(EXTEND, key).param("wait", span.toString()).update() == 1;
  }

  /// Opens it half, if its time has come.
  public boolean probe(Key key, long generation, String reason) {
    return leave(PROBE, key, generation, reason).update() == 1;
  }

  /// Closes it after a trial.
  public boolean recover(Key key, long generation, String reason) {
    return leave(RECOVER, key, generation, reason).update() == 1;
  }

  /// Closes it because somebody says so.
  public boolean reset(Key key, long generation, String reason) {
    return leave(RESET, key, generation, reason).update() == 1;
  }

  /// Holds a half-open breaker for the rest of the transaction. False: it is not any more.
  public boolean hold(Key key, long generation) {
    return on(HOLD, key)
        .param("generation", generation)
        .query((_, _) -> true)
        .optional()
        .isPresent();
  }

  /// Sets the configuration, if it still has the version.
  ///
  /// @param expected null: whatever it has
  public boolean configure(Key key, BreakerConfig config, @Nullable Integer expected) {
    return on(CONFIGURE, key)
            .param("config", json.writeValueAsString(config))
            .param("expected", expected)
            .update()
        == 1;
  }

  /// Removes it with all that belongs to it.
  public boolean delete(Key key) {
    return on(DELETE, key).update() == 1;
  }

  private JdbcClient.StatementSpec leave(String sql, Leaving change) {
    return leave(sql, change.key(), change.generation(), change.reason());
  }

  private JdbcClient.StatementSpec leave(String sql, Key key, long generation, String reason) {
    return on(sql, key).param("generation", generation).param("reason", reason);
  }

  private JdbcClient.StatementSpec on(String sql, Key key) {
    return jdbc.sql(sql).param("tenant", key.tenant().value()).param("service", key.service());
  }

  private Breaker read(ResultSet row, int number) throws SQLException {
    return new Breaker(
        new Key(new TenantId(row.getObject("tenant_id", UUID.class)), row.getString("service")),
        row.getObject("breaker_id", UUID.class),
        BreakerState.valueOf(row.getString("state")),
        row.getLong("generation"),
        row.getString("reason"),
        row.getInt("openings"),
        time(row, "opened_at"),
        time(row, "open_until"),
        time(row, "closed_at"),
        needed(row, "counts_from"),
        json.readValue(row.getString("config"), BreakerConfig.class),
        row.getInt("version"),
        needed(row, "created_at"),
        needed(row, "updated_at"),
        List.of(json.readValue(row.getString("nodes"), Counts[].class)),
        row.getInt("callers"),
        needed(row, "read_at"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static Instant needed(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
