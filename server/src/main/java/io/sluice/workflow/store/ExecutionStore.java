package io.sluice.workflow.store;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.workflow.ExecutionView.Origin;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// What is kept of an execution beside its job.
@Repository
public class ExecutionStore {
  /// A job that holds the unique key already has its row.
  static final String INSERT =
      """
      insert into sluice.workflow_execution (execution_id, tenant_id, version_id, workflow_id, workflow_name, workflow_version,
        trigger_type, trigger_id, started_by, parent_id, forked_from, forked_step, labels, run_at)
      values (:id, :tenant, :versionId, :workflow, :name, :version, :trigger, :triggerId, :by, :parent, :forkedFrom, :forkedStep,
        :labels::jsonb, :runAt)
      on conflict (execution_id) do nothing
      """;

  /// One statement for executions that differ in nothing but their ids.
  static final String INSERT_ALIKE =
      """
      insert into sluice.workflow_execution (execution_id, tenant_id, version_id, workflow_id, workflow_name, workflow_version,
        trigger_type, trigger_id, started_by, parent_id, labels, run_at)
      select id, :tenant, :versionId, :workflow, :name, :version, :trigger, :triggerId, :by, :parent, :labels::jsonb, :runAt
      from unnest(:ids::uuid[]) id
      on conflict (execution_id) do nothing
      """;

  static final String HOLD =
      """
      update sluice.workflow_execution set held_at = now(), held_by = :who
      where tenant_id = :tenant and execution_id = :id and held_at is null
      """;

  static final String LET_GO =
      """
      update sluice.workflow_execution set held_at = null, held_by = null
      where tenant_id = :tenant and execution_id = :id and held_at is not null
      """;

  /// Rows whose job was dropped with old history.
  static final String FORGET =
      """
      delete from sluice.workflow_execution where execution_id in (
        select e.execution_id from sluice.workflow_execution e
        where e.created_at < :border and e.execution_id < sluice_engine.uuid_floor(:border)
          and not exists (select from sluice_engine.job j where j.id = e.execution_id)
        order by e.execution_id limit :most)
      """;

  /// A row to be.
  ///
  /// @param workflow null: the definition came with the request
  public record New(
      TenantId tenant,
      UUID versionId,
      @Nullable UUID workflow,
      String name,
      int version,
      Origin origin,
      Map<String, String> labels,
      @Nullable Instant runAt) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ExecutionStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Inserts a row, unless it is there, in the transaction that enqueues the job.
  public void insert(Tx tx, UUID id, New row) {
    insert(on(tx), id, row);
  }

  /// Inserts a row, unless it is there, for a job that is there already.
  public void insert(UUID id, New row) {
    insert(jdbc, id, row);
  }

  private void insert(JdbcClient client, UUID id, New row) {
    bind(client.sql(INSERT), row)
        .param("id", id)
        .param("forkedFrom", row.origin().forkedFrom())
        .param("forkedStep", row.origin().forkedStep())
        .update();
  }

  /// Inserts a row for each id, in the transaction that enqueues the jobs.
  public void insertAlike(Tx tx, Collection<UUID> ids, New row) {
    bind(on(tx).sql(INSERT_ALIKE), row).param("ids", array(ids)).update();
  }

  /// A step's transaction is the engine's, which Spring does not know.
  private static JdbcClient on(Tx tx) {
    return JdbcClient.create(new SingleConnectionDataSource(tx.connection(), true));
  }

  private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, New row) {
    return statement
        .param("tenant", row.tenant().value())
        .param("versionId", row.versionId())
        .param("workflow", row.workflow())
        .param("name", row.name())
        .param("version", row.version())
        .param("trigger", row.origin().trigger())
        .param("triggerId", row.origin().triggerId())
        .param("by", row.origin().by())
        .param("parent", row.origin().parent())
        .param("labels", json.writeValueAsString(row.labels()))
        .param("runAt", row.runAt() == null ? null : Timestamp.from(row.runAt()));
  }

  private static String array(Collection<UUID> ids) {
    return "{" + String.join(",", ids.stream().map(UUID::toString).toList()) + "}";
  }

  /// Holds an execution.
  ///
  /// @return false if it is held already, or unknown
  public boolean hold(TenantId tenant, UUID id, String who) {
    return of(HOLD, tenant, id).param("who", who).update() == 1;
  }

  /// Lets an execution go on.
  ///
  /// @return false if it is not held
  public boolean letGo(TenantId tenant, UUID id) {
    return of(LET_GO, tenant, id).update() == 1;
  }

  /// Removes rows that are older than a border and whose job is gone.
  ///
  /// @return how many
  public int forget(Instant border, int most) {
    return jdbc.sql(FORGET).param("border", Timestamp.from(border)).param("most", most).update();
  }

  private JdbcClient.StatementSpec of(String sql, TenantId tenant, UUID id) {
    return jdbc.sql(sql).param("tenant", tenant.value()).param("id", id);
  }
}
