package io.sluice.testing.run.store;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.ExecutionStatus;
import io.sluice.testing.run.Outcome;
import io.sluice.testing.run.model.ExecutionMove;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Executions. Every change of a status names those that it leaves, and writes its line of history
/// in the same statement.
@Repository
public class ExecutionStore {
  static final String INSERT =
      """
      insert into sluice.test_execution (execution_id, tenant_id, run_id, ord, case_id, case_version, case_version_id, case_name,
        case_type, language, row_ord, row_data, job_id, quarantined, flaky_fails)
      select v.id, :tenant, :run, v.ord, v.case_id, v.version, v.version_id, v.name, v.type, v.language, v.row_ord,
        v.row_data::jsonb, v.job, v.quarantined, v.flaky_fails
      from unnest(:ids::uuid[], :ords::integer[], :cases::uuid[], :versions::integer[], :versionIds::uuid[], :names::text[],
        :types::text[], :languages::text[], :rows::integer[], :data::text[], :jobs::uuid[], :quarantined::text[],
        :flakyFails::boolean[])
        as v (id, ord, case_id, version, version_id, name, type, language, row_ord, row_data, job, quarantined, flaky_fails)
      """;

  static final String MOVE_MANY =
      """
      with moved as (
        update sluice.test_execution e
        set status = :to, queued_at = case when :to = 'queued' then now() else e.queued_at end,
          ended_at = case when :ends then now() else e.ended_at end,
          outcome = coalesce(:outcome, e.outcome), reason = coalesce(v.why, e.reason)
        from unnest(:ids::uuid[], :froms::text[], :whys::text[]) as v (id, from_status, why)
        where e.execution_id = v.id and e.status = v.from_status
        returning e.execution_id, v.from_status, v.why
      )
      insert into sluice.test_transition (execution_id, move, from_status, to_status, who, why)
      select execution_id, :move, from_status, :to, :who, why from moved
      """;

  static final String OPEN =
      """
      select execution_id, status, job_id from sluice.test_execution
      where run_id = :run and ended_at is null order by execution_id for update
      """;

  /// What people may have been asked about: manual cases as such, of others what validation made.
  static final String SUBJECTS =
      """
      select case when case_type = 'manual' then execution_id else validation_id end from sluice.test_execution
      where run_id = :run and (case_type = 'manual' or validation_id is not null)
      """;

  static final String UNASK =
      """
      update sluice.test_execution
      set review_pending = false, reason = case when outcome is null then :reason else reason end
      where run_id = :run and review_pending
      """;

  static final String BEGIN =
      """
      with before as (
        select execution_id, status from sluice.test_execution
        where execution_id = :id and status = any(:from) for update
      ), moved as (
        update sluice.test_execution e set status = 'running', started_at = now(), estimated_steps = :steps
        from before where e.execution_id = before.execution_id
        returning e.execution_id, before.status
      )
      insert into sluice.test_transition (execution_id, move, from_status, to_status, who)
      select execution_id, 'begin', status, 'running', :who from moved
      """;

  static final String END =
      """
      with moved as (
        update sluice.test_execution e
        set status = :to, outcome = :outcome, reason = :reason, ended_at = now(), holder = null, attempts = :attempts,
          result = :result::jsonb, error_code = :code, error = :error, error_detail = :detail,
          validation_state = :validation
        where execution_id = :id and status = any(:from)
        returning e.execution_id
      )
      insert into sluice.test_transition (execution_id, move, from_status, to_status, who, why)
      select execution_id, :move, 'running', :to, :who, :reason from moved
      """;

  static final String JUDGE =
      """
      with before as (
        select execution_id, outcome from sluice.test_execution
        where execution_id = :id and ended_at is not null for update
      )
      update sluice.test_execution e
      set outcome = :outcome, reason = :reason, validation_state = :state, review_pending = :pending,
        validation_id = coalesce(:validation, e.validation_id)
      from before where e.execution_id = before.execution_id
      returning coalesce(before.outcome, '')
      """;

  static final String ROW =
      """
      select e.execution_id, e.tenant_id, e.run_id, e.case_id, e.case_version, e.case_version_id, e.case_name, e.language, e.row_ord,
        e.row_data::text as row_data, e.status, e.outcome, e.attempts, e.validation_state, e.validation_id, e.job_id,
        e.result::text as result, extract(epoch from now() - e.ended_at) as since_s
      from sluice.test_execution e where e.tenant_id = :tenant and e.execution_id = :id
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ExecutionStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// An execution to store.
  ///
  /// @param job null: it has none, as it is skipped or runs inline
  /// @param quarantined why a failure does not count; null: it does
  /// @param flakyFails whether the run fails of a flaky outcome
  public record New(
      UUID id,
      Case test,
      String type,
      String language,
      int row,
      Map<String, @Nullable Object> data,
      @Nullable UUID job,
      @Nullable String quarantined,
      boolean flakyFails) {}

  /// A case at a version.
  public record Case(UUID id, int version, UUID versionId, String name) {}

  /// An execution that has not ended.
  public record Open(UUID id, ExecutionStatus status, @Nullable UUID job) {}

  /// What carries an execution out looks at.
  ///
  /// @param sinceEnd seconds by the database's clock; null: it has not ended
  public record Row(
      UUID id,
      TenantId tenant,
      UUID run,
      Case test,
      String language,
      int row,
      Map<String, @Nullable Object> data,
      ExecutionStatus status,
      @Nullable Outcome outcome,
      int attempts,
      String validationState,
      @Nullable UUID validation,
      @Nullable UUID job,
      @Nullable String resultJson,
      @Nullable Double sinceEnd) {}

  /// How an execution ended.
  public record End(
      UUID id,
      ExecutionMove move,
      @Nullable Outcome outcome,
      @Nullable String reason,
      int attempts,
      String resultJson,
      @Nullable String code,
      @Nullable String error,
      @Nullable String detail,
      boolean validating) {}

  /// What came of an execution after its end.
  ///
  /// @param state of its validation: `done` or `failed`
  /// @param validation the one that holds from now on; null: the same as before
  public record Judgement(
      @Nullable Outcome outcome,
      @Nullable String reason,
      String state,
      boolean reviewPending,
      @Nullable UUID validation) {}

  /// Stores executions, `pending`, in the order of the run.
  public void insert(TenantId tenant, UUID run, List<New> all) {
    jdbc.sql(INSERT)
        .param("tenant", tenant.value())
        .param("run", run)
        .param("ids", texts(all, New::id))
        .param(
            "ords", IntStream.range(0, all.size()).mapToObj(String::valueOf).toArray(String[]::new))
        .param("cases", texts(all, n -> n.test().id()))
        .param("versions", texts(all, n -> n.test().version()))
        .param("versionIds", texts(all, n -> n.test().versionId()))
        .param("names", texts(all, n -> n.test().name()))
        .param("types", texts(all, New::type))
        .param("languages", texts(all, New::language))
        .param("rows", texts(all, New::row))
        .param(
            "data", texts(all, n -> n.data().isEmpty() ? null : json.writeValueAsString(n.data())))
        .param("jobs", texts(all, New::job))
        .param("quarantined", texts(all, New::quarantined))
        .param("flakyFails", texts(all, New::flakyFails))
        .update();
  }

  /// As an array of texts, which the statement casts.
  private static <T> @Nullable String[] texts(
      List<T> all, Function<T, ? extends @Nullable Object> part) {
    return all.stream()
        .map(one -> {
          Object value = part.apply(one);
          return value == null ? null : value.toString();
        })
        .toArray(String[]::new);
  }

  /// Makes a move with many executions at once.
  ///
  /// @param whys one for each; null: it goes without saying
  /// @param outcome null: none
  /// @return how many were in the status that they were thought to be in
  public int move(
      List<Open> all,
      List<@Nullable String> whys,
      ExecutionMove move,
      @Nullable Outcome outcome,
      String who) {
    return jdbc.sql(MOVE_MANY)
        .param("ids", texts(all, Open::id))
        .param("froms", texts(all, o -> o.status().sql()))
        .param("whys", whys.toArray(String[]::new))
        .param("move", move.sql())
        .param("to", move.to().sql())
        .param("ends", move.to().ended())
        .param("outcome", outcome == null ? null : outcome.sql())
        .param("who", who)
        .update();
  }

  /// Executions of a run that have not ended, locked until the transaction ends.
  public List<Open> open(UUID run) {
    return jdbc.sql(OPEN)
        .param("run", run)
        .query((row, _) ->
            new Open(
                row.getObject(1, UUID.class),
                ExecutionStatus.of(row.getString(2)),
                row.getObject(3, UUID.class)))
        .list();
  }

  /// What of a run people may have been asked about.
  public List<UUID> subjects(UUID run) {
    return jdbc.sql(SUBJECTS)
        .param("run", run)
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  /// Nobody decides what of a run waits for people.
  ///
  /// @param reason of those without an outcome
  public void unask(UUID run, String reason) {
    jdbc.sql(UNASK).param("run", run).param("reason", reason).update();
  }

  /// A runner takes an execution up.
  ///
  /// @return false if it may not: it has ended
  public boolean begin(UUID id, int estimatedSteps, String who) {
    return jdbc.sql(BEGIN)
            .param("id", id)
            .param("steps", estimatedSteps)
            .param("from", from(ExecutionMove.BEGIN))
            .param("who", who)
            .update()
        == 1;
  }

  /// Ends an execution.
  ///
  /// @return false if it was not running any more
  public boolean end(End end, String who) {
    return jdbc.sql(END)
            .param("id", end.id())
            .param("move", end.move().sql())
            .param("to", end.move().to().sql())
            .param("from", from(ExecutionMove.COMPLETE))
            .param("outcome", end.outcome() == null ? null : end.outcome().sql())
            .param("reason", end.reason())
            .param("attempts", end.attempts())
            .param("result", end.resultJson())
            .param("code", end.code())
            .param("error", end.error())
            .param("detail", end.detail())
            .param("validation", end.validating() ? "pending" : "none")
            .param("who", who)
            .update()
        == 1;
  }

  private static String[] from(ExecutionMove move) {
    return move.from().stream().map(ExecutionStatus::sql).toArray(String[]::new);
  }

  /// Says what came of an execution after its end.
  ///
  /// @return the outcome before, empty for none; nothing if it has not ended
  public Optional<String> judge(UUID id, Judgement judgement) {
    return jdbc.sql(JUDGE)
        .param("id", id)
        .param("outcome", judgement.outcome() == null ? null : judgement.outcome().sql())
        .param("reason", judgement.reason())
        .param("state", judgement.state())
        .param("pending", judgement.reviewPending())
        .param("validation", judgement.validation())
        .query(String.class)
        .optional();
  }

  /// What carries an execution out looks at.
  public Optional<Row> row(TenantId tenant, UUID id) {
    return jdbc.sql(ROW)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> ExecutionRows.row(row, json))
        .optional();
  }
}
