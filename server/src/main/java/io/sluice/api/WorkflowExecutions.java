package io.sluice.api;

import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionFilter;
import io.sluice.workflow.ExecutionProblem;
import io.sluice.workflow.Executions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Workflows, among what is executed.
@Component
class WorkflowExecutions implements ExecutionSource {
  static final String TYPE = "workflow";

  private final Executions executions;

  WorkflowExecutions(Executions executions) {
    this.executions = executions;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Optional<ExecutionAnswer> find(TenantId tenant, UUID id) {
    try {
      return Optional.of(ExecutionAnswer.of(executions.get(tenant, id)));
    } catch (ExecutionProblem.Unknown e) {
      return Optional.empty();
    }
  }

  @Override
  public List<ExecutionAnswer> list(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID before, int limit) {
    return executions.list(tenant, filter, before, limit).stream()
        .map(ExecutionAnswer::of)
        .toList();
  }
}
