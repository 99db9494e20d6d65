package io.sluice.testing.run.store;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns.Search;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Runs and executions among everything that is executed: newest first, by falling id.
@Repository
public class SearchStore {
  static final String RUNS =
      "select "
          + RunRows.COLUMNS
          + """
           from (
             select * from sluice.test_run
             where tenant_id = :tenant
               and (cardinality(:statuses::text[]) = 0 or status = any (:statuses::text[]))
               and (:trigger::text is null or trigger_type = :trigger::text)
               and (:from::timestamptz is null or created_at >= :from::timestamptz)
               and (:to::timestamptz is null or created_at < :to::timestamptz)
               and (:before::uuid is null or run_id < :before::uuid)
             order by run_id desc limit :limit
           ) r
          """
          + RunRows.COUNTED
          + " order by r.run_id desc";

  static final String EXECUTIONS =
      "select "
          + ExecutionRows.COLUMNS
          + """
           from sluice.test_execution e
          where e.tenant_id = :tenant
            and (:run::uuid is null or e.run_id = :run::uuid)
            and (cardinality(:statuses::text[]) = 0 or e.status = any (:statuses::text[]))
            and (:from::timestamptz is null or e.created_at >= :from::timestamptz)
            and (:to::timestamptz is null or e.created_at < :to::timestamptz)
            and (:before::uuid is null or e.execution_id < :before::uuid)
          order by e.execution_id desc limit :limit
          """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  SearchStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Runs.
  public List<RunView> runs(TenantId tenant, Search search, @Nullable UUID before, int limit) {
    return asked(RUNS, tenant, search)
        .param("trigger", search.trigger())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> RunRows.read(row, json))
        .list();
  }

  /// Executions.
  public List<ExecutionView> executions(
      TenantId tenant, Search search, @Nullable UUID before, int limit) {
    return asked(EXECUTIONS, tenant, search)
        .param("run", search.run())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> ExecutionRows.read(row, json))
        .list();
  }

  private JdbcClient.StatementSpec asked(String sql, TenantId tenant, Search search) {
    return jdbc.sql(sql)
        .param("tenant", tenant.value())
        .param("statuses", search.statuses().toArray(String[]::new))
        .param("from", utc(search.from()))
        .param("to", utc(search.to()));
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
