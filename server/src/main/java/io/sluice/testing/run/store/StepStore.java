package io.sluice.testing.run.store;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.ExecutionDetail.ArtifactLine;
import io.sluice.testing.run.ExecutionDetail.AttemptLine;
import io.sluice.testing.run.ExecutionDetail.StepLine;
import io.sluice.testing.run.ExecutionDetail.TransitionLine;
import io.sluice.testing.run.TestRuns;
import io.sluice.testing.run.Trace;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// What executions leave behind: steps, attempts, moves, artifacts.
@Repository
public class StepStore {
  /// From here on a run of the runner has the execution; what an earlier one wrote of the same
  /// attempt is dropped, and what it would still write is refused.
  static final String HOLD =
      """
      with held as (
        update sluice.test_execution set holder = :holder
        where execution_id = :execution and status = 'running' returning execution_id
      ), steps as (
        delete from sluice.test_step s using held where s.execution_id = held.execution_id and s.attempt = :attempt
      ), artifacts as (
        delete from sluice.test_artifact a using held where a.execution_id = held.execution_id and a.attempt = :attempt
      )
      select count(*) from held
      """;

  static final String ADD =
      """
      insert into sluice.test_step (execution_id, attempt, ord, name, status, message, started_at, took_ms, detail)
      select :execution, :attempt, v.ord, v.name, v.status, v.message, v.started_at, v.took_ms, v.detail::jsonb
      from unnest(:ords::integer[], :names::text[], :statuses::text[], :messages::text[], :startedAts::timestamptz[],
        :tooks::integer[], :details::text[]) as v (ord, name, status, message, started_at, took_ms, detail)
      where exists (select from sluice.test_execution e where e.execution_id = :execution and e.holder = :holder)
      """;

  /// A trace that was thought to be short, and is, moves into the execution's row.
  static final String COMPACT =
      """
      with short as (
        select e.execution_id,
          (select coalesce(jsonb_agg(jsonb_build_object('attempt', s.attempt, 'ord', s.ord, 'name', s.name, 'status', s.status,
            'message', s.message, 'startedAt', s.started_at, 'tookMs', s.took_ms, 'detail', s.detail)
            order by s.attempt, s.ord), '[]') from sluice.test_step s where s.execution_id = e.execution_id) as trace
        from sluice.test_execution e
        where e.execution_id = :execution and e.estimated_steps < :most
          and (select count(*) from sluice.test_step s where s.execution_id = e.execution_id) < :most
      ), kept as (
        update sluice.test_execution e set trace = short.trace from short where e.execution_id = short.execution_id
        returning e.execution_id
      )
      delete from sluice.test_step s using kept where s.execution_id = kept.execution_id
      """;

  /// Both places read alike: only one of them has anything.
  static final String STEPS =
      """
      select s.attempt, s.ord, s.name, s.status, s.message, s.started_at, s.took_ms, s.detail::text as detail
      from sluice.test_step s where s.execution_id = :execution
      union all
      select t.attempt, t.ord, t.name, t.status, t.message, t."startedAt", t."tookMs", t.detail::text
      from sluice.test_execution e cross join lateral jsonb_to_recordset(coalesce(e.trace, '[]')) as t (attempt integer,
        ord integer, name text, status text, message text, "startedAt" timestamptz, "tookMs" integer, detail jsonb)
      where e.execution_id = :execution
      order by 1, 2
      """;

  static final String ATTEMPT =
      """
      insert into sluice.test_attempt (execution_id, attempt, status, outcome, error_code, error, error_detail, started_at,
        took_ms)
      values (:execution, :attempt, :status, :outcome, :code, :error, :detail, :startedAt, :took)
      """;

  static final String ATTEMPTS =
      """
      select attempt, status, outcome, error_code, error, error_detail, started_at, took_ms
      from sluice.test_attempt where execution_id = :execution order by attempt
      """;

  static final String TRANSITIONS =
      """
      select move, from_status, to_status, at, who, why from sluice.test_transition
      where execution_id = :execution order by transition_no
      """;

  static final String CONTENT =
      """
      insert into sluice.test_content (tenant_id, sha256, bytes) values (:tenant, :sha, :bytes)
      on conflict (tenant_id, sha256) do nothing
      """;

  static final String ARTIFACT =
      """
      insert into sluice.test_artifact (artifact_id, tenant_id, execution_id, attempt, name, media_type, sha256, size_bytes)
      select :id, :tenant, :execution, :attempt, :name, :mediaType, :sha, :size
      where exists (select from sluice.test_execution e where e.execution_id = :execution and e.holder = :holder)
      """;

  static final String ARTIFACTS =
      """
      select artifact_id, attempt, name, media_type, sha256, size_bytes, created_at
      from sluice.test_artifact where execution_id = :execution order by attempt, artifact_id
      """;

  static final String BYTES =
      """
      select a.name, a.media_type, c.bytes from sluice.test_artifact a
      join sluice.test_content c on c.tenant_id = a.tenant_id and c.sha256 = a.sha256
      where a.tenant_id = :tenant and a.execution_id = :execution and a.artifact_id = :id
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  StepStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Who writes what of.
  ///
  /// @param holder this run of the runner
  public record Writer(TenantId tenant, UUID execution, int attempt, UUID holder) {}

  /// Steps in a row.
  ///
  /// @param first the number of the first one, from 1
  public record Batch(int first, List<Trace.Step> steps) {}

  /// An attempt that has ended.
  public record Attempt(
      UUID execution,
      int attempt,
      String status,
      String outcome,
      @Nullable String code,
      @Nullable String error,
      @Nullable String detail,
      java.time.Instant startedAt,
      int tookMs) {}

  /// Makes a run of the runner the only one that may write.
  ///
  /// @return false if the execution does not run any more
  public boolean hold(Writer writer) {
    return jdbc.sql(HOLD)
            .param("execution", writer.execution())
            .param("attempt", writer.attempt())
            .param("holder", writer.holder())
            .query(Integer.class)
            .single()
        == 1;
  }

  /// Stores steps.
  ///
  /// @return false if another one holds the execution now
  public boolean add(Writer writer, Batch batch) {
    var steps = batch.steps();
    var ords = new String[steps.size()];
    for (int i = 0; i < ords.length; i++) {
      ords[i] = Integer.toString(batch.first() + i);
    }
    return jdbc.sql(ADD)
            .param("execution", writer.execution())
            .param("attempt", writer.attempt())
            .param("holder", writer.holder())
            .param("ords", ords)
            .param("names", steps.stream().map(Trace.Step::name).toArray(String[]::new))
            .param("statuses", steps.stream().map(s -> s.status().sql()).toArray(String[]::new))
            .param("messages", steps.stream().map(Trace.Step::message).toArray(String[]::new))
            .param(
                "startedAts",
                steps.stream().map(s -> s.startedAt().toString()).toArray(String[]::new))
            .param(
                "tooks",
                steps.stream().map(s -> Long.toString(s.took().toMillis())).toArray(String[]::new))
            .param(
                "details",
                steps.stream()
                    .map(s -> s.detail() == null ? null : json.writeValueAsString(s.detail()))
                    .toArray(String[]::new))
            .update()
        == steps.size();
  }

  /// Moves the trace of an execution into its row, if it is short.
  ///
  /// @param most so many steps are no short trace any more
  public void compact(UUID execution, int most) {
    jdbc.sql(COMPACT).param("execution", execution).param("most", most).update();
  }

  /// All steps.
  public List<StepLine> steps(UUID execution) {
    return jdbc.sql(STEPS)
        .param("execution", execution)
        .query((row, _) -> {
          var detail = row.getString("detail");
          return new StepLine(
              row.getInt("attempt"),
              row.getInt("ord"),
              row.getString("name"),
              row.getString("status"),
              row.getString("message"),
              row.getObject("started_at", OffsetDateTime.class).toInstant(),
              row.getInt("took_ms"),
              detail == null ? null : json.readTree(detail));
        })
        .list();
  }

  /// Stores an attempt.
  public void attempt(Attempt attempt) {
    jdbc.sql(ATTEMPT)
        .param("execution", attempt.execution())
        .param("attempt", attempt.attempt())
        .param("status", attempt.status())
        .param("outcome", attempt.outcome())
        .param("code", attempt.code())
        .param("error", attempt.error())
        .param("detail", attempt.detail())
        .param("startedAt", attempt.startedAt().atOffset(ZoneOffset.UTC))
        .param("took", attempt.tookMs())
        .update();
  }

  /// All attempts.
  public List<AttemptLine> attempts(UUID execution) {
    return jdbc.sql(ATTEMPTS)
        .param("execution", execution)
        .query((row, _) ->
            new AttemptLine(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getInt(8)))
        .list();
  }

  /// All moves.
  public List<TransitionLine> transitions(UUID execution) {
    return jdbc.sql(TRANSITIONS)
        .param("execution", execution)
        .query((row, _) ->
            new TransitionLine(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getString(5),
                row.getString(6)))
        .list();
  }

  /// Something to keep.
  public record NewArtifact(UUID id, String name, String mediaType, String sha256, byte[] bytes) {}

  /// Keeps something; the same bytes are kept once.
  public void artifact(Writer writer, NewArtifact artifact) {
    jdbc.sql(CONTENT)
        .param("tenant", writer.tenant().value())
        .param("sha", artifact.sha256())
        .param("bytes", artifact.bytes())
        .update();
    jdbc.sql(ARTIFACT)
        .param("id", artifact.id())
        .param("tenant", writer.tenant().value())
        .param("execution", writer.execution())
        .param("attempt", writer.attempt())
        .param("holder", writer.holder())
        .param("name", artifact.name())
        .param("mediaType", artifact.mediaType())
        .param("sha", artifact.sha256())
        .param("size", artifact.bytes().length)
        .update();
  }

  /// All artifacts.
  public List<ArtifactLine> artifacts(UUID execution) {
    return jdbc.sql(ARTIFACTS)
        .param("execution", execution)
        .query((row, _) ->
            new ArtifactLine(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                row.getObject(7, OffsetDateTime.class).toInstant()))
        .list();
  }

  /// The bytes of one.
  public Optional<TestRuns.Artifact> bytes(TenantId tenant, UUID execution, UUID artifact) {
    return jdbc.sql(BYTES)
        .param("tenant", tenant.value())
        .param("execution", execution)
        .param("id", artifact)
        .query(
            (row, _) -> new TestRuns.Artifact(row.getString(1), row.getString(2), row.getBytes(3)))
        .optional();
  }
}
