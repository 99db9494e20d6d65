package io.sluice.testing.run.store;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns;
import io.sluice.testing.run.TestRuns.Completion;
import io.sluice.testing.run.model.Chosen;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Runs: made, moved on, ended. Their counters are counted from their executions.
@Repository
public class RunStore {
  static final String INSERT =
      """
      insert into sluice.test_run (run_id, tenant_id, name, suite_id, suite_version, trigger_type, trigger_metadata, languages,
        environment, selection, total_tests, priority, completion, rerun_of, created_by)
      values (:id, :tenant, :name, :suite, :suiteVersion, :trigger, :metadata::jsonb, :languages,
        :environment::jsonb, :selection::jsonb, :tests, :priority, :completion::jsonb, :rerunOf, :who)
      """;

  static final String ONE =
      "select "
          + RunRows.COLUMNS
          + " from sluice.test_run r "
          + RunRows.COUNTED
          + " where r.tenant_id = :tenant and r.run_id = :id";

  static final String LIST =
      "select "
          + RunRows.COLUMNS
          + """
           from (
             select * from sluice.test_run
             where tenant_id = :tenant
               and (:status::text is null or status = :status::text)
               and (:suite::uuid is null or suite_id = :suite::uuid)
               and (:before::uuid is null or run_id < :before::uuid)
             order by run_id desc limit :limit
           ) r
          """
          + RunRows.COUNTED
          + " order by r.run_id desc";

  static final String PLAN =
      """
      select status, languages, environment::text, selection::text, completion::text, priority, name, job_id,
        suite_id, suite_version, run_id
      from sluice.test_run where tenant_id = :tenant and run_id = :id
      """;

  static final String LOCK = PLAN + " for update";

  /// What changes the result of an ended run waits for the end that is being made, and not for
  /// others like itself.
  static final String STATUS = "select status from sluice.test_run where run_id = :id for share";

  static final String START =
      """
      update sluice.test_run
      set status = 'running', started_at = now(), job_id = :job, inline = :inline, languages = :languages
      where run_id = :id and status = 'pending'
      """;

  static final String END =
      """
      update sluice.test_run set status = :status, ended_at = now(), error_code = :code, error = :error
      where run_id = :id and status in ('pending', 'running')
      """;

  static final String COMPLETION =
      "update sluice.test_run set completion_job = :job where run_id = :id";

  static final String OF_JOB =
      "select run_id from sluice.test_run where tenant_id = :tenant and job_id = :job";

  static final String FAILED =
      """
      select case_id, language, row_ord from sluice.test_execution
      where run_id = :run and (outcome in ('failed', 'error') or status = 'cancelled') order by ord
      """;

  static final String CONTEXT =
      "select name, suite_id, environment::text, selection::text, created_at from sluice.test_run where run_id = :id";

  private static final TypeReference<Map<String, @Nullable Object>> PLAIN =
      new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  RunStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// A run to store.
  public record New(
      UUID id,
      String name,
      @Nullable UUID suite,
      @Nullable Integer suiteVersion,
      TestRuns.Trigger trigger,
      List<String> languages,
      Map<String, @Nullable Object> environment,
      Chosen chosen,
      int priority,
      @Nullable Completion completion,
      @Nullable UUID rerunOf,
      String who) {}

  /// What a run is carried out by.
  public record Plan(
      UUID id,
      String status,
      String name,
      @Nullable UUID suite,
      @Nullable Integer suiteVersion,
      List<String> languages,
      Map<String, @Nullable Object> environment,
      Chosen chosen,
      @Nullable Completion completion,
      int priority,
      @Nullable UUID job) {}

  /// What each execution of a run needs of it.
  public record Context(
      String name,
      @Nullable UUID suite,
      Map<String, @Nullable Object> environment,
      Chosen chosen,
      Instant createdAt) {}

  /// What each execution of a run needs of it.
  public Optional<Context> context(UUID id) {
    return jdbc.sql(CONTEXT)
        .param("id", id)
        .query((row, _) ->
            new Context(
                row.getString(1),
                row.getObject(2, UUID.class),
                json.readValue(row.getString(3), PLAIN),
                json.readValue(row.getString(4), Chosen.class),
                row.getObject(5, OffsetDateTime.class).toInstant()))
        .optional();
  }

  /// Stores a pending run.
  public void insert(TenantId tenant, New run) {
    jdbc.sql(INSERT)
        .param("id", run.id())
        .param("tenant", tenant.value())
        .param("name", run.name())
        .param("suite", run.suite())
        .param("suiteVersion", run.suiteVersion())
        .param("trigger", run.trigger().type())
        .param("metadata", json.writeValueAsString(run.trigger().metadata()))
        .param("languages", run.languages().toArray(String[]::new))
        .param("environment", json.writeValueAsString(run.environment()))
        .param("selection", json.writeValueAsString(run.chosen()))
        .param("tests", run.chosen().pins().cases().size())
        .param("priority", run.priority())
        .param(
            "completion",
            run.completion() == null ? null : json.writeValueAsString(run.completion()))
        .param("rerunOf", run.rerunOf())
        .param("who", run.who())
        .update();
  }

  /// A run as it is shown.
  public Optional<RunView> find(TenantId tenant, UUID id) {
    return jdbc.sql(ONE)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> RunRows.read(row, json))
        .optional();
  }

  /// Runs, newest first.
  public List<RunView> list(
      TenantId tenant, TestRuns.Filter filter, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("status", filter.status())
        .param("suite", filter.suite())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> RunRows.read(row, json))
        .list();
  }

  /// What a run is carried out by.
  public Optional<Plan> plan(TenantId tenant, UUID id) {
    return plan(PLAN, tenant, id);
  }

  /// The same, locked until the transaction ends.
  public Optional<Plan> lock(TenantId tenant, UUID id) {
    return plan(LOCK, tenant, id);
  }

  private Optional<Plan> plan(String sql, TenantId tenant, UUID id) {
    return jdbc.sql(sql)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) ->
            new Plan(
                row.getObject("run_id", UUID.class),
                row.getString("status"),
                row.getString("name"),
                row.getObject("suite_id", UUID.class),
                (Integer) row.getObject("suite_version"),
                List.of((String[]) row.getArray("languages").getArray()),
                json.readValue(row.getString("environment"), PLAIN),
                json.readValue(row.getString("selection"), Chosen.class),
                row.getString("completion") == null
                    ? null
                    : json.readValue(row.getString("completion"), Completion.class),
                row.getInt("priority"),
                row.getObject("job_id", UUID.class)))
        .optional();
  }

  /// The status of a run, held until the transaction ends.
  public String status(UUID id) {
    return jdbc.sql(STATUS).param("id", id).query(String.class).single();
  }

  /// Sets a pending run going.
  ///
  /// @return false if it is not pending
  public boolean start(UUID id, UUID job, boolean inline, List<String> languages) {
    return jdbc.sql(START)
            .param("id", id)
            .param("job", job)
            .param("inline", inline)
            .param("languages", languages.toArray(String[]::new))
            .update()
        == 1;
  }

  /// Ends a run.
  ///
  /// @return false if it had ended already
  public boolean end(UUID id, String status, @Nullable String code, @Nullable String error) {
    return jdbc.sql(END)
            .param("id", id)
            .param("status", status)
            .param("code", code)
            .param("error", error)
            .update()
        == 1;
  }

  /// Notes the job that was enqueued because it is over.
  public void completionJob(UUID id, UUID job) {
    jdbc.sql(COMPLETION).param("id", id).param("job", job).update();
  }

  /// What of a run did not pass.
  public List<Chosen.Place> failed(UUID run) {
    return jdbc.sql(FAILED)
        .param("run", run)
        .query((row, _) ->
            new Chosen.Place(row.getObject(1, UUID.class), row.getString(2), row.getInt(3)))
        .list();
  }

  /// The run of a job.
  public Optional<UUID> ofJob(TenantId tenant, UUID job) {
    return jdbc.sql(OF_JOB)
        .param("tenant", tenant.value())
        .param("job", job)
        .query(UUID.class)
        .optional();
  }
}
