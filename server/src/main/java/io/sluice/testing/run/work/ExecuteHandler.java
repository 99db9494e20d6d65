package io.sluice.testing.run.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.Outcome;
import io.sluice.platform.JobHandler;
import io.sluice.platform.SpringTx;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.store.ExecutionViewStore;
import io.sluice.testing.run.work.Kinds.ExecuteInput;
import io.sluice.testing.run.work.Kinds.ExecuteReceipt;
import io.sluice.testing.run.work.Kinds.ValidateReceipt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// One execution as a job: it is carried out, and has ended when its validation has.
@Component
class ExecuteHandler implements JobHandler<ExecuteInput, ExecuteReceipt> {
  private final Kinds kinds;
  private final Execution execution;
  private final ExecutionViewStore executions;
  private final SpringTx transactions;
  private final JsonMapper json;

  ExecuteHandler(
      Kinds kinds,
      Execution execution,
      ExecutionViewStore executions,
      SpringTx transactions,
      JsonMapper json) {
    this.kinds = kinds;
    this.execution = execution;
    this.executions = executions;
    this.transactions = transactions;
    this.json = json;
  }

  @Override
  public Kind<ExecuteInput, ExecuteReceipt> kind() {
    return kinds.execute();
  }

  @Override
  public ExecuteReceipt run(ExecuteInput input, JobContext job) throws Exception {
    if (input.testRunId() == null) {
      throw new RunProblem.MissingRun("/testRunId");
    }
    if (input.executionId() == null) {
      throw new RunProblem.Invalid("/executionId", "is missing: name the execution");
    }
    var ended = execution.carryOut(input.executionId(), new Ground.Job(job, transactions));
    if (ended.validating()) {
      awaitValidation(input.executionId(), job);
    }
    return receipt(input.executionId(), job);
  }

  private void awaitValidation(UUID id, JobContext job) {
    for (var end : job.join("validation", ValidateReceipt.class)) {
      var why = why(end);
      if (why != null) {
        job.transaction(
            "unvalidated",
            Boolean.class,
            tx ->
                transactions.within(
                    tx,
                    () -> {
                      execution.unvalidated(tx, job.tenant(), id, why);
                      return true;
                    }));
      }
    }
  }

  private static @Nullable String why(Outcome<ValidateReceipt> end) {
    return switch (end) {
      case Outcome.Done<ValidateReceipt> _ -> null;
      case Outcome.DeadLettered<ValidateReceipt> dead -> dead.error().message();
      case Outcome.Cancelled<ValidateReceipt> _ -> "its validation was cancelled";
    };
  }

  private ExecuteReceipt receipt(UUID id, JobContext job) {
    var view =
        executions.find(job.tenant(), id).orElseThrow(() -> new RunProblem.UnknownExecution(id));
    return new ExecuteReceipt(
        id,
        view.testCaseId(),
        view.testRunId(),
        view.languageCode(),
        view.status(),
        json.treeToValue(view.result(), Object.class),
        view.executionTime(),
        "The execution is "
            + view.status()
            + (view.outcome() == null ? "" : ": " + view.outcome()));
  }
}
