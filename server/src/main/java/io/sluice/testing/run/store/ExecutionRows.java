package io.sluice.testing.run.store;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.ExecutionStatus;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads executions.
final class ExecutionRows {
  static final String COLUMNS =
      """
      e.execution_id, e.run_id, e.case_id, e.case_version, e.case_name, e.case_type, e.language, e.row_ord,
        e.row_data::text as row_data, e.status, e.outcome, e.reason, e.quarantined, e.validation_state, e.validation_id, e.review_pending,
        e.attempts, e.result::text as result, e.error_code, e.error, e.error_detail, e.job_id,
        extract(epoch from e.ended_at - e.started_at) as took_s, e.created_at, e.queued_at, e.started_at, e.ended_at,
        case when e.trace is null then (select count(*) from sluice.test_step s where s.execution_id = e.execution_id)
          else jsonb_array_length(e.trace) end as steps
      """;

  private static final TypeReference<Map<String, @Nullable Object>> PLAIN =
      new TypeReference<>() {};

  private ExecutionRows() {}

  static ExecutionView read(ResultSet row, JsonMapper json) throws SQLException {
    int rowOrd = row.getInt("row_ord");
    var took = row.getBigDecimal("took_s");
    return new ExecutionView(
        row.getObject("execution_id", UUID.class),
        row.getObject("run_id", UUID.class),
        row.getObject("case_id", UUID.class),
        row.getInt("case_version"),
        row.getString("case_name"),
        row.getString("case_type"),
        row.getString("language"),
        rowOrd == 0 ? null : rowOrd,
        plain(row.getString("row_data"), json),
        row.getString("status"),
        row.getString("outcome"),
        row.getString("reason"),
        row.getString("quarantined"),
        row.getString("validation_state"),
        row.getObject("validation_id", UUID.class),
        row.getBoolean("review_pending"),
        row.getInt("attempts"),
        row.getLong("steps"),
        result(row, json),
        row.getString("error_code"),
        took == null ? null : took.doubleValue(),
        row.getObject("job_id", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        RunRows.instant(row, "queued_at"),
        RunRows.instant(row, "started_at"),
        RunRows.instant(row, "ended_at"));
  }

  /// With the error in it, as those who consume it expect.
  private static JsonNode result(ResultSet row, JsonMapper json) throws SQLException {
    var stored = row.getString("result");
    var result = stored == null ? json.createObjectNode() : json.readTree(stored);
    if (result instanceof ObjectNode object && row.getString("error") != null) {
      object.put("error", row.getString("error"));
      object.put("error_detail", row.getString("error_detail"));
    }
    return result;
  }

  private static @Nullable Map<String, @Nullable Object> plain(
      @Nullable String stored, JsonMapper json) {
    return stored == null ? null : json.readValue(stored, PLAIN);
  }

  static ExecutionStore.Row row(ResultSet row, JsonMapper json) throws SQLException {
    var outcome = row.getString("outcome");
    var since = row.getBigDecimal("since_s");
    var data = plain(row.getString("row_data"), json);
    return new ExecutionStore.Row(
        row.getObject("execution_id", UUID.class),
        new TenantId(row.getObject("tenant_id", UUID.class)),
        row.getObject("run_id", UUID.class),
        new ExecutionStore.Case(
            row.getObject("case_id", UUID.class),
            row.getInt("case_version"),
            row.getObject("case_version_id", UUID.class),
            row.getString("case_name")),
        row.getString("language"),
        row.getInt("row_ord"),
        data == null ? Map.of() : data,
        ExecutionStatus.of(row.getString("status")),
        outcome == null ? null : Outcome.of(outcome),
        row.getInt("attempts"),
        row.getString("validation_state"),
        row.getObject("validation_id", UUID.class),
        row.getObject("job_id", UUID.class),
        row.getString("result"),
        since == null ? null : since.doubleValue());
  }
}
