package io.sluice.workflow.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionStarter;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.store.ExecutionStore;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Executions that steps start.
@Component
class SubExecutionStarter implements ExecutionStarter {
  private static final String BY_WORKFLOW = "workflow";

  private final Versions versions;
  private final ExecutionStore executions;
  private final ObjectProvider<Jobs> jobs;

  /// @param jobs asked for when a step runs: they need the engine, which needs the steps first
  SubExecutionStarter(Versions versions, ExecutionStore executions, ObjectProvider<Jobs> jobs) {
    this.versions = versions;
    this.executions = executions;
    this.jobs = jobs;
  }

  @Override
  public UUID start(Tx tx, TenantId tenant, ExecutionInput input) {
    var id =
        jobs.getObject()
            .enqueue(tx, WorkflowKinds.EXECUTION, input, EnqueueOptions.of(tenant))
            .job()
            .value();
    executions.insert(tx, id, row(tenant, input));
    return id;
  }

  /// The engine has made the job of an execution that a step waits for: its row is made when it
  /// begins.
  void began(ExecutionInput input, JobContext job) {
    if (input.origin().trigger().equals(BY_WORKFLOW) && input.origin().parent() != null) {
      executions.insert(job.id().value(), row(job.tenant(), input));
    }
  }

  private ExecutionStore.New row(TenantId tenant, ExecutionInput input) {
    var origin = input.origin();
    return new ExecutionStore.New(
        tenant,
        input.versionId(),
        versions.get(tenant, input.versionId()).workflow(),
        input.workflow(),
        input.version(),
        new ExecutionView.Origin(
            origin.trigger(), origin.triggerId(), origin.by(), origin.parent(), null, null),
        Map.of(),
        null);
  }
}
