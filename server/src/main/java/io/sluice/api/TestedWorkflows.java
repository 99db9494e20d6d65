package io.sluice.api;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.testing.run.WorkflowStarter;
import io.sluice.workflow.ExecutionRequest;
import io.sluice.workflow.Executions;
import io.sluice.workflow.Reference;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lets tests execute workflows: the two applications know nothing of each other.
@Component
class TestedWorkflows implements WorkflowStarter {
  private final Executions executions;

  TestedWorkflows(Executions executions) {
    this.executions = executions;
  }

  @Override
  public UUID start(Tx tx, TenantId tenant, Start start) {
    var request = ExecutionRequest.manual(Reference.parse(start.workflow()), start.input(), "test");
    return executions.startChild(tx, tenant, request, start.family()).id();
  }

  @Override
  public End end(TenantId tenant, UUID execution) {
    var view = executions.get(tenant, execution);
    var failure = view.error();
    @Nullable Map<String, @Nullable Object> error = null;
    if (failure != null) {
      error = new LinkedHashMap<>();
      error.put("code", failure.code());
      error.put("message", failure.message());
      error.put("step", failure.step());
    }
    return new End(view.status().name().toLowerCase(Locale.ROOT), view.output(), error);
  }
}
