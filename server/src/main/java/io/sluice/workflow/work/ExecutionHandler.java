package io.sluice.workflow.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.platform.JobHandler;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.Json;
import io.sluice.workflow.WorkflowKinds;
import org.springframework.stereotype.Component;

/// Runs executions.
@Component
class ExecutionHandler implements JobHandler<ExecutionInput, Json> {
  private final Interpreter interpreter;
  private final SubExecutionStarter children;

  ExecutionHandler(Interpreter interpreter, SubExecutionStarter children) {
    this.interpreter = interpreter;
    this.children = children;
  }

  @Override
  public Kind<ExecutionInput, Json> kind() {
    return WorkflowKinds.EXECUTION;
  }

  @Override
  public Json run(ExecutionInput input, JobContext job) {
    children.began(input, job);
    return interpreter.run(input, job);
  }
}
