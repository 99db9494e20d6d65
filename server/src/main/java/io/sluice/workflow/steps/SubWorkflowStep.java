package io.sluice.workflow.steps;

import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Outcome;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionInput.Origin;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.model.SubWorkflow;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SUB_WORKFLOW. Gives the output of the execution, or where it is not waited for, which it is.
final class SubWorkflowStep {
  /// One that starts itself ends here.
  static final int DEEPEST = 20;

  private final SubExecutions executions;

  SubWorkflowStep(SubExecutions executions) {
    this.executions = executions;
  }

  Begun begin(SubWorkflow config, StepCall call) {
    var above = call.input().origin().depth();
    if (above >= DEEPEST) {
      throw StepFailure.lasting(
          "TOO_DEEP", "Executions start each other " + DEEPEST + " deep: a workflow starts itself");
    }
    var input = call.render(config.input());
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("workflow", config.workflow());
    shown.put("input", input);
    return new Begun(false, null, null, null, shown);
  }

  StepResult end(SubWorkflow config, Begun begun, StepCall call) {
    var given =
        call.job()
            .step(call.name() + "#child", ExecutionInput.class, () -> given(config, begun, call));
    return new StepResult(
        config.waits() ? output(given, call) : started(given, call), begun.input());
  }

  private ExecutionInput given(SubWorkflow config, Begun begun, StepCall call) {
    var input =
        ((java.util.Map<?, ?>) java.util.Objects.requireNonNull(begun.input())).get("input");
    var origin =
        new Origin(
            "workflow",
            null,
            call.input().origin().by(),
            call.execution(),
            call.path(),
            call.input().origin().depth() + 1);
    var until = config.waits() ? call.time().deadline() : null;
    return executions.input(
        call.job().tenant(), config, new SubExecutions.Given(input, origin, until));
  }

  private static @Nullable Object output(ExecutionInput given, StepCall call) {
    var outcome =
        call.job()
            .children(
                call.name() + WorkflowKinds.RUN_GROUP,
                WorkflowKinds.EXECUTION,
                List.of(given),
                EnqueueOptions.DEFAULT)
            .getFirst();
    return switch (outcome) {
      case Outcome.Done<io.sluice.workflow.Json> done ->
          done.result() == null ? null : done.result().value();
      case Outcome.DeadLettered<?> dead -> {
        call.time().check();
        throw StepFailure.lasting(
            dead.error().errorType().equals(Time.WORKFLOW_TIMEOUT)
                ? "SUB_WORKFLOW_TIMEOUT"
                : dead.error().errorType(),
            "Execution "
                + dead.job()
                + " of '"
                + given.workflow()
                + "': "
                + dead.error().message());
      }
      case Outcome.Cancelled<?> gone ->
          throw StepFailure.lasting(
              "CANCELLED",
              "Execution " + gone.job() + " of '" + given.workflow() + "' was cancelled");
    };
  }

  private @Nullable Object started(ExecutionInput given, StepCall call) {
    var id =
        call.job()
            .transaction(
                call.name() + "#started",
                String.class,
                tx -> executions.start(tx, call.job().tenant(), given).toString());
    var output = new LinkedHashMap<String, @Nullable Object>();
    output.put("executionId", id);
    return output;
  }
}
