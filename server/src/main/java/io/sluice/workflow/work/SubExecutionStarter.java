package io.sluice.workflow.work;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.Jobs;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.Reference;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.WorkflowProblem;
import io.sluice.workflow.model.JsonSchema;
import io.sluice.workflow.model.SubWorkflow;
import io.sluice.workflow.steps.StepFailure;
import io.sluice.workflow.steps.SubExecutions;
import io.sluice.workflow.store.ExecutionStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Executions that steps start.
@Component
class SubExecutionStarter implements SubExecutions {
  private static final String BY_WORKFLOW = "workflow";

  private final Versions versions;
  private final ExecutionStore executions;
  private final InstantSource clock;
  private final ObjectProvider<Jobs> jobs;

  /// @param jobs asked for when a step runs: they need the engine, which needs the steps first
  SubExecutionStarter(
      Versions versions, ExecutionStore executions, InstantSource clock, ObjectProvider<Jobs> jobs) {
    this.versions = versions;
    this.executions = executions;
    this.clock = clock;
    this.jobs = jobs;
  }

  @Override
  public ExecutionInput input(
      TenantId tenant, SubWorkflow config, @Nullable Object input, ExecutionInput.Origin origin) {
    var version = resolve(tenant, config);
    check(version, input);
    return new ExecutionInput(
        version.id(),
        version.name(),
        version.number(),
        input,
        clock.instant(),
        origin,
        ExecutionInput.Overrides.NONE);
  }

  private Versions.Found resolve(TenantId tenant, SubWorkflow config) {
    try {
      return versions.resolve(
          tenant, new Reference(config.workflow(), config.version(), config.alias()));
    } catch (WorkflowProblem.Unknown e) {
      throw StepFailure.lasting("UNKNOWN_WORKFLOW", String.valueOf(e.getMessage()), e);
    }
  }

  private static void check(Versions.Found version, @Nullable Object input) {
    Map<String, @Nullable Object> schema = version.definition().inputSchema();
    if (schema == null) {
      return;
    }
    var misfits = JsonSchema.of(schema).check(input);
    if (!misfits.isEmpty()) {
      var first = misfits.getFirst();
      throw StepFailure.lasting(
          "INVALID_INPUT",
          "Workflow '"
              + version.name()
              + "' does not take the input: "
              + first.pointer()
              + " "
              + first.message());
    }
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
