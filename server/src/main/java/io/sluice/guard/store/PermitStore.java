package io.sluice.guard.store;

import io.sluice.guard.BreakerView.Permits;
import io.sluice.guard.model.CallOutcome;
import io.sluice.guard.model.Counts;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Trial calls of half-open breakers.
@Repository
public class PermitStore {
  static final String MAKE =
      """
      insert into sluice.circuit_permit (tenant_id, service, generation, ord)
      select :tenant, :service, :generation, n from generate_series(1, :count) as n
      """;

  /// What earlier half-open times have left.
  static final String CLEAR =
      """
      delete from sluice.circuit_permit where tenant_id = :tenant and service = :service
      """;

  /// Rows that another claim has locked are passed over: nobody waits, and no row is had by two.
  static final String TAKE =
      """
      with free as materialized (
        select ord from sluice.circuit_permit
        where tenant_id = :tenant and service = :service and generation = :generation and outcome is null
          and (claim_id is null or expires_at < clock_timestamp())
        order by ord limit 1 for update skip locked)
      update sluice.circuit_permit p set claim_id = :claim, node_id = :node, expires_at = clock_timestamp() + :ttl::interval
      from free
      where p.tenant_id = :tenant and p.service = :service and p.generation = :generation and p.ord = free.ord
      """;

  static final String GIVE_BACK =
      """
      update sluice.circuit_permit set claim_id = null, node_id = null, expires_at = null
      where tenant_id = :tenant and service = :service and generation = :generation and claim_id = :claim
        and outcome is null
      """;

  /// A late call whose permit was given out again has none any more.
  static final String END =
      """
      update sluice.circuit_permit set outcome = :outcome
      where tenant_id = :tenant and service = :service and generation = :generation and claim_id = :claim
        and outcome is null
      """;

  static final String COUNT =
      """
      select count(*)::integer as permitted,
        count(*) filter (where outcome is null and expires_at > clock_timestamp())::integer as in_use,
        count(*) filter (where outcome in ('ok', 'slow'))::integer as succeeded,
        count(*) filter (where outcome = 'slow')::integer as slow,
        count(*) filter (where outcome = 'failed')::integer as failed
      from sluice.circuit_permit where tenant_id = :tenant and service = :service and generation = :generation
      """;

  private final JdbcClient jdbc;

  /// On a database.
  public PermitStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// A breaker in one of its half-open times.
  public record Trial(Key key, long generation) {}

  /// How a trial stands.
  public record Standing(Permits permits, Counts ended) {}

  /// Makes the permits of a trial.
  public void make(Trial trial, int count) {
    on(MAKE, trial).param("count", count).update();
  }

  /// Removes all permits of a breaker.
  public void clear(Key key) {
    jdbc.sql(CLEAR).param("tenant", key.tenant().value()).param("service", key.service()).update();
  }

  /// Takes a permit.
  ///
  /// @param claim the call's
  /// @param ttl after which it is given out again
  /// @return false: none is free
  public boolean take(Trial trial, UUID claim, UUID node, Duration ttl) {
    return on(TAKE, trial)
            .param("claim", claim)
            .param("node", node)
            .param("ttl", ttl.toString())
            .update()
        == 1;
  }

  /// Gives back the permit of a call that was not made.
  public void giveBack(Trial trial, UUID claim) {
    on(GIVE_BACK, trial).param("claim", claim).update();
  }

  /// Records how a trial call went.
  ///
  /// @return false: its permit is not its own any more
  public boolean end(Trial trial, UUID claim, CallOutcome outcome) {
    return on(END, trial).param("claim", claim).param("outcome", outcome.sql()).update() == 1;
  }

  /// How a trial stands.
  public Standing standing(Trial trial) {
    return on(COUNT, trial)
        .query((row, _) -> {
          int succeeded = row.getInt("succeeded");
          int failed = row.getInt("failed");
          return new Standing(
              new Permits(row.getInt("permitted"), row.getInt("in_use"), succeeded, failed),
              new Counts(succeeded + failed, failed, row.getInt("slow")));
        })
        .single();
  }

  private JdbcClient.StatementSpec on(String sql, Trial trial) {
    return jdbc.sql(sql)
        .param("tenant", trial.key().tenant().value())
        .param("service", trial.key().service())
        .param("generation", trial.generation());
  }
}
