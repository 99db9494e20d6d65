package io.sluice.workflow.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.PermanentFailure;
import io.sluice.platform.JobHandler;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.Json;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.steps.Time;
import org.springframework.stereotype.Component;

/// Runs executions.
@Component
class ExecutionHandler implements JobHandler<ExecutionInput, Json> {
  private final Interpreter interpreter;
  private final SubExecutionStarter children;
  private final ExecutionMeters meters;
  private final Announcements announcements;

  ExecutionHandler(
      Interpreter interpreter,
      SubExecutionStarter children,
      ExecutionMeters meters,
      Announcements announcements) {
    this.interpreter = interpreter;
    this.children = children;
    this.meters = meters;
    this.announcements = announcements;
  }

  @Override
  public Kind<ExecutionInput, Json> kind() {
    return WorkflowKinds.EXECUTION;
  }

  @Override
  public Json run(ExecutionInput input, JobContext job) {
    children.began(input, job);
    try {
      var output = interpreter.run(input, job);
      announcements.ending(job, input, ExecutionStatus.COMPLETED, null);
      meters.ended(input, ExecutionStatus.COMPLETED);
      return output;
    } catch (PermanentFailure e) {
      var status =
          e.code().equals(Time.WORKFLOW_TIMEOUT)
              ? ExecutionStatus.TIMED_OUT
              : ExecutionStatus.FAILED;
      announcements.ending(job, input, status, e.code());
      meters.ended(input, status);
      throw e;
    }
  }
}
