package io.sluice.api;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.TestRuns;
import io.sluice.workflow.ExecutionFilter;
import io.sluice.workflow.ExecutionStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Test runs, among what is executed: of a suite, or of cases that were named one by one. Filters
/// that only workflows have leave all of them out.
@Component
class TestSuiteExecutions implements ExecutionSource {
  static final String TYPE = "suite";

  private final TestRuns runs;

  TestSuiteExecutions(TestRuns runs) {
    this.runs = runs;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Optional<ExecutionAnswer> find(TenantId tenant, UUID id) {
    try {
      return Optional.of(ExecutionAnswer.of(runs.get(tenant, id)));
    } catch (RunProblem.UnknownRun e) {
      return Optional.empty();
    }
  }

  @Override
  public List<ExecutionAnswer> list(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID before, int limit) {
    if (filter.parent() != null || ofWorkflows(filter)) {
      return List.of();
    }
    return runs.search(tenant, search(filter, null), before, limit).stream()
        .map(ExecutionAnswer::of)
        .toList();
  }

  static boolean ofWorkflows(ExecutionFilter filter) {
    return filter.workflow() != null
        || !filter.labels().isEmpty()
        || Boolean.TRUE.equals(filter.held());
  }

  static TestRuns.Search search(ExecutionFilter filter, @Nullable UUID run) {
    return new TestRuns.Search(
        run,
        filter.statuses().stream().map(ExecutionStatus::sql).toList(),
        filter.trigger(),
        filter.from(),
        filter.to());
  }
}
