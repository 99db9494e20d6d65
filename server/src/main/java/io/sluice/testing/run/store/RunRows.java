package io.sluice.testing.run.store;

import io.sluice.testing.run.RunView;
import io.sluice.testing.run.RunView.Counters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads runs with their counters.
final class RunRows {
  static final String COLUMNS =
      """
      r.run_id, r.name, r.suite_id, r.suite_version, r.status, r.trigger_type, r.trigger_metadata::text as metadata,
        r.languages, r.environment::text as environment, r.total_tests, r.priority, r.inline, r.job_id, r.completion_job,
        r.rerun_of, r.imported_from, r.error_code, r.error, r.created_by, r.created_at, r.started_at, r.ended_at,
        c.*, (select count(*) from sluice.run_revision v where v.run_id = r.run_id) as revision
      """;

  static final String COUNTED =
      """
       cross join lateral (
        select count(*) as n_total,
          count(*) filter (where e.ended_at is null) as n_open,
          count(*) filter (where e.status = 'running') as n_running,
          count(*) filter (where e.outcome = 'passed') as n_passed,
          count(*) filter (where e.outcome = 'failed') as n_failed,
          count(*) filter (where e.outcome = 'error') as n_error,
          count(*) filter (where e.outcome = 'skipped') as n_skipped,
          count(*) filter (where e.outcome = 'flaky') as n_flaky,
          count(*) filter (where e.status = 'cancelled') as n_cancelled,
          count(*) filter (where e.ended_at is not null and e.outcome is null and e.status <> 'cancelled') as n_undecided,
          count(*) filter (where e.review_pending) as n_review,
          count(*) filter (where e.outcome in ('failed', 'error') and e.quarantined is null
            or e.outcome = 'flaky' and e.flaky_fails and e.quarantined is null) as n_bad,
          count(*) filter (where e.outcome in ('failed', 'error') and e.quarantined is not null) as n_quarantined
        from sluice.test_execution e where e.run_id = r.run_id
      ) c
      """;

  private static final TypeReference<Map<String, @Nullable Object>> PLAIN =
      new TypeReference<>() {};

  private RunRows() {}

  static RunView read(ResultSet row, JsonMapper json) throws SQLException {
    var counters = counters(row);
    var status = row.getString("status");
    return new RunView(
        row.getObject("run_id", UUID.class),
        row.getString("name"),
        row.getObject("suite_id", UUID.class),
        (Integer) row.getObject("suite_version"),
        status,
        status.equals("completed") ? counters.outcome() : null,
        row.getString("trigger_type"),
        json.readValue(row.getString("metadata"), PLAIN),
        List.of((String[]) row.getArray("languages").getArray()),
        json.readValue(row.getString("environment"), PLAIN),
        row.getInt("total_tests"),
        counters,
        row.getLong("revision"),
        row.getInt("priority"),
        row.getBoolean("inline"),
        row.getObject("job_id", UUID.class),
        row.getObject("completion_job", UUID.class),
        row.getObject("rerun_of", UUID.class),
        row.getString("imported_from"),
        row.getString("error_code"),
        row.getString("error"),
        row.getString("created_by"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "ended_at"));
  }

  private static Counters counters(ResultSet row) throws SQLException {
    return new Counters(
        row.getLong("n_total"),
        row.getLong("n_open"),
        row.getLong("n_running"),
        row.getLong("n_passed"),
        row.getLong("n_failed"),
        row.getLong("n_error"),
        row.getLong("n_skipped"),
        row.getLong("n_flaky"),
        row.getLong("n_cancelled"),
        row.getLong("n_undecided"),
        row.getLong("n_review"),
        row.getLong("n_quarantined"),
        row.getLong("n_bad"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
