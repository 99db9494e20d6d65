package io.sluice.testing.run.store;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.TestRuns.ExecutionFilter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Executions as they are shown: one, many, and how often a case passed.
@Repository
public class ExecutionViewStore {
  static final String ONE =
      "select "
          + ExecutionRows.COLUMNS
          + " from sluice.test_execution e where e.tenant_id = :tenant and e.execution_id = :id";

  static final String OF_RUN =
      "select "
          + ExecutionRows.COLUMNS
          + """
           from sluice.test_execution e
          where e.tenant_id = :tenant and e.run_id = :run
            and (:case::uuid is null or e.case_id = :case::uuid)
            and (:status::text is null or e.status = :status::text)
            and (:outcome::text is null or e.outcome = :outcome::text)
            and (:language::text is null or e.language = :language::text)
            and (:after::uuid is null
              or e.ord > (select a.ord from sluice.test_execution a where a.execution_id = :after::uuid))
          order by e.ord limit :limit
          """;

  static final String NEWEST =
      "select "
          + ExecutionRows.COLUMNS
          + """
           from sluice.test_execution e
          where e.tenant_id = :tenant
            and (:case::uuid is null or e.case_id = :case::uuid)
            and (:status::text is null or e.status = :status::text)
            and (:outcome::text is null or e.outcome = :outcome::text)
            and (:language::text is null or e.language = :language::text)
            and (:after::uuid is null or e.execution_id < :after::uuid)
          order by e.execution_id desc limit :limit
          """;

  static final String RATES =
      """
      select count(*), count(*) filter (where outcome in ('passed', 'flaky')),
        count(*) filter (where outcome in ('passed', 'flaky', 'failed', 'error')), count(*) filter (where outcome = 'flaky')
      from sluice.test_execution
      where tenant_id = :tenant and case_id = :case and (:language::text is null or language = :language::text)
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ExecutionViewStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// How often something came out.
  public record Rates(long all, long passed, long counted, long flaky) {}

  /// An execution as it is shown.
  public Optional<ExecutionView> find(TenantId tenant, UUID id) {
    return jdbc.sql(ONE)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> ExecutionRows.read(row, json))
        .optional();
  }

  /// Executions: those of a run in its order, others newest first.
  public List<ExecutionView> list(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID after, int limit) {
    var query = jdbc.sql(filter.run() == null ? NEWEST : OF_RUN);
    if (filter.run() != null) {
      query = query.param("run", filter.run());
    }
    return query
        .param("tenant", tenant.value())
        .param("case", filter.testCase())
        .param("status", filter.status())
        .param("outcome", filter.outcome())
        .param("language", filter.language())
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> ExecutionRows.read(row, json))
        .list();
  }

  /// How often a case passed.
  public Rates rates(TenantId tenant, UUID testCase, @Nullable String language) {
    return jdbc.sql(RATES)
        .param("tenant", tenant.value())
        .param("case", testCase)
        .param("language", language)
        .query(
            (row, _) -> new Rates(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .single();
  }
}
