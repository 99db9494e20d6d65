package io.sluice.testing.run.store;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.Imports.Earlier;
import io.sluice.testing.run.Imports.Ended;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Runs of other tools.
@Repository
public class ImportStore {
  static final String BEGIN =
      """
      insert into sluice.test_run (run_id, tenant_id, name, status, trigger_type, trigger_metadata, languages, environment,
        selection, total_tests, priority, imported_from, created_by, started_at)
      values (:id, :tenant, :name, 'running', 'import', '{}', '{und}', '{}',
        '{"pins": {"suite": null, "cases": [], "items": []}, "only": null}', 0, 5, :tool, :who, now())
      """;

  static final String ADD =
      """
      insert into sluice.test_execution (execution_id, tenant_id, run_id, ord, case_id, case_version, case_version_id, case_name,
        case_type, language, status, outcome, reason, attempts, trace, error_code, error, error_detail, started_at, ended_at)
      select v.id, :tenant, :run, :from + v.place, v.case_id, 1, v.case_id, v.name, 'junit', 'und',
        case v.outcome when 'error' then 'failed' else 'completed' end, v.outcome, v.why, v.attempts, '[]',
        case when v.outcome in ('failed', 'error') then 'IMPORTED' end,
        case when v.outcome in ('failed', 'error') then v.why end, v.detail,
        now() - make_interval(secs => v.took), now()
      from unnest(:ids::uuid[], :cases::uuid[], :names::text[], :outcomes::text[], :whys::text[], :details::text[],
        :attempts::smallint[], :tooks::float8[])
        with ordinality as v (id, case_id, name, outcome, why, detail, attempts, took, place)
      """;

  static final String ATTEMPTS =
      """
      insert into sluice.test_attempt (execution_id, attempt, status, outcome, error_code, error, error_detail, started_at, took_ms)
      select v.id, v.attempt, case v.outcome when 'error' then 'failed' else 'completed' end, v.outcome,
        case when v.outcome in ('failed', 'error') then 'IMPORTED' end, v.why, v.detail, now(), 0
      from unnest(:ids::uuid[], :attempts::smallint[], :outcomes::text[], :whys::text[], :details::text[])
        as v (id, attempt, outcome, why, detail)
      """;

  static final String COUNT =
      """
      update sluice.test_run r
      set total_tests = (select count(distinct e.case_id) from sluice.test_execution e where e.run_id = r.run_id)
      where r.run_id = :run
      """;

  private final JdbcClient jdbc;

  ImportStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// An execution with its id and its case's.
  public record One(UUID id, UUID testCase, Ended ended) {}

  /// An attempt.
  private record Attempt(
      UUID execution, int number, String outcome, @Nullable String why, @Nullable String detail) {}

  /// Makes a run.
  public void begin(TenantId tenant, UUID id, String name, String tool, String who) {
    jdbc.sql(BEGIN)
        .param("id", id)
        .param("tenant", tenant.value())
        .param("name", name)
        .param("tool", tool)
        .param("who", who)
        .update();
  }

  /// Adds executions with their attempts.
  public void add(TenantId tenant, UUID run, int from, List<One> all) {
    jdbc.sql(ADD)
        .param("tenant", tenant.value())
        .param("run", run)
        .param("from", from - 1)
        .param("ids", texts(all, One::id))
        .param("cases", texts(all, One::testCase))
        .param("names", texts(all, o -> o.ended().name()))
        .param("outcomes", texts(all, o -> o.ended().outcome().sql()))
        .param("whys", texts(all, o -> o.ended().why()))
        .param("details", texts(all, o -> o.ended().detail()))
        .param("attempts", texts(all, o -> o.ended().earlier().size() + 1))
        .param("tooks", texts(all, o -> o.ended().took().toMillis() / 1000.0))
        .update();
    var attempts = all.stream().flatMap(one -> attempts(one).stream()).toList();
    jdbc.sql(ATTEMPTS)
        .param("ids", texts(attempts, Attempt::execution))
        .param("attempts", texts(attempts, Attempt::number))
        .param("outcomes", texts(attempts, Attempt::outcome))
        .param("whys", texts(attempts, Attempt::why))
        .param("details", texts(attempts, Attempt::detail))
        .update();
  }

  private static List<Attempt> attempts(One one) {
    var out = new java.util.ArrayList<Attempt>();
    for (Earlier earlier : one.ended().earlier()) {
      out.add(
          new Attempt(
              one.id(),
              out.size() + 1,
              earlier.error() ? "error" : "failed",
              earlier.why(),
              earlier.detail()));
    }
    var outcome = one.ended().outcome();
    out.add(
        new Attempt(
            one.id(),
            out.size() + 1,
            outcome == io.sluice.testing.run.Outcome.FLAKY ? "passed" : outcome.sql(),
            one.ended().why(),
            one.ended().detail()));
    return out;
  }

  private static <T> @Nullable String[] texts(
      List<T> all, Function<T, ? extends @Nullable Object> part) {
    return all.stream()
        .map(one -> {
          Object value = part.apply(one);
          return value == null ? null : value.toString();
        })
        .toArray(String[]::new);
  }

  /// Counts the cases.
  public void count(UUID run) {
    jdbc.sql(COUNT).param("run", run).update();
  }
}
