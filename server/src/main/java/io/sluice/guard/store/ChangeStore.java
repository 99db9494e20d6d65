package io.sluice.guard.store;

import io.sluice.guard.BreakerState;
import io.sluice.guard.BreakerView.BreakerChange;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The history of breakers.
@Repository
public class ChangeStore {
  private static final int KEPT = 100;

  static final String ADD =
      """
      insert into sluice.circuit_change (tenant_id, service, code, from_state, to_state, reason, who)
      values (:tenant, :service, :code, :from, :to, :reason, :who)
      """;

  static final String TRIM =
      """
      delete from sluice.circuit_change where tenant_id = :tenant and service = :service and change_id <= (
        select change_id from sluice.circuit_change where tenant_id = :tenant and service = :service
        order by change_id desc offset :kept limit 1)
      """;

  static final String NEWEST =
      """
      select at, code, from_state, to_state, reason, who from sluice.circuit_change
      where tenant_id = :tenant and service = :service order by change_id desc limit :kept
      """;

  private final JdbcClient jdbc;

  /// On a database.
  public ChangeStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// A change to be told.
  public record Line(
      Key key, String code, BreakerState from, BreakerState to, String reason, String who) {}

  /// Adds a line; only the newest are kept.
  public void add(Line line) {
    on(ADD, line.key())
        .param("code", line.code())
        .param("from", line.from().name())
        .param("to", line.to().name())
        .param("reason", line.reason())
        .param("who", line.who())
        .update();
    on(TRIM, line.key()).param("kept", KEPT).update();
  }

  /// The history, newest first.
  public List<BreakerChange> of(Key key) {
    return on(NEWEST, key)
        .param("kept", KEPT)
        .query((row, _) ->
            new BreakerChange(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("code"),
                BreakerState.valueOf(row.getString("from_state")),
                BreakerState.valueOf(row.getString("to_state")),
                row.getString("reason"),
                row.getString("who")))
        .list();
  }

  private JdbcClient.StatementSpec on(String sql, Key key) {
    return jdbc.sql(sql).param("tenant", key.tenant().value()).param("service", key.service());
  }
}
