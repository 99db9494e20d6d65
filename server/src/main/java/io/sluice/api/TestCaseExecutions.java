package io.sluice.api;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.TestRuns;
import io.sluice.workflow.ExecutionFilter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Executions of test cases, among what is executed. Their parent is the run. Filters that only
/// workflows have leave all of them out.
@Component
class TestCaseExecutions implements ExecutionSource {
  static final String TYPE = "case";

  private final TestRuns runs;
  private final JsonMapper mapper;

  TestCaseExecutions(TestRuns runs, JsonMapper mapper) {
    this.runs = runs;
    this.mapper = mapper;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Optional<ExecutionAnswer> find(TenantId tenant, UUID id) {
    try {
      var execution = runs.execution(tenant, id).execution();
      var output = mapper.treeToValue(execution.result(), Object.class);
      return Optional.of(ExecutionAnswer.of(execution, output));
    } catch (RunProblem.UnknownExecution e) {
      return Optional.empty();
    }
  }

  @Override
  public List<ExecutionAnswer> list(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID before, int limit) {
    if (filter.trigger() != null || TestSuiteExecutions.ofWorkflows(filter)) {
      return List.of();
    }
    return runs
        .searchExecutions(
            tenant, TestSuiteExecutions.search(filter, filter.parent()), before, limit)
        .stream()
        .map(execution -> ExecutionAnswer.of(execution, null))
        .toList();
  }
}
