package io.sluice.workflow.steps;

import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.model.SubWorkflow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Executions that steps start.
public interface SubExecutions {
  /// What an execution is given: says which version is meant now.
  ///
  /// @throws StepFailure `UNKNOWN_WORKFLOW`, or `INVALID_INPUT` if it does not take the input
  ExecutionInput input(TenantId tenant, SubWorkflow config, Given given);

  /// What it is given by the step.
  ///
  /// @param until when its time is over at the latest, because that of the step is; null: never
  record Given(@Nullable Object input, ExecutionInput.Origin origin, @Nullable Instant until) {}

  /// Starts one that nobody waits for, in a step's transaction.
  ///
  /// @return its id
  UUID start(Tx tx, TenantId tenant, ExecutionInput input);
}
