package io.sluice.testing.run;

import io.sluice.engine.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a runner is to do.
///
/// @param attempt 1 for the first
/// @param row the data, where the case has some
/// @param environment name and variables of the run
public record ExecutionPlan(
    TenantId tenant,
    UUID run,
    UUID execution,
    int attempt,
    PinnedCase test,
    String language,
    @Nullable Map<String, @Nullable Object> row,
    Map<String, @Nullable Object> environment) {
  /// What expressions read: `row`, `values`, `env`, `vars` (empty), `language`, `run`.
  public Map<String, @Nullable Object> document() {
    var out = new LinkedHashMap<String, @Nullable Object>();
    out.put("row", row == null ? Map.of() : row);
    out.put("values", test.values(language));
    out.put("env", environment);
    out.put("vars", Map.of());
    out.put("language", language);
    out.put("run", Map.of("id", run.toString(), "executionId", execution.toString()));
    return out;
  }

  /// For another attempt.
  public ExecutionPlan attempt(int number) {
    return new ExecutionPlan(tenant, run, execution, number, test, language, row, environment);
  }
}
