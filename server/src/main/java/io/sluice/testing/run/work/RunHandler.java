package io.sluice.testing.run.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.platform.JobHandler;
import io.sluice.platform.SpringTx;
import io.sluice.testing.run.RunProblem;
import io.sluice.testing.run.work.Kinds.ExecuteReceipt;
import io.sluice.testing.run.work.Kinds.RunInput;
import io.sluice.testing.run.work.Kinds.RunReceipt;
import org.springframework.stereotype.Component;

/// A run as a job: it waits until its executions, and so their validations, have ended, and ends.
@Component
class RunHandler implements JobHandler<RunInput, RunReceipt> {
  private final Kinds kinds;
  private final Ending ending;
  private final SpringTx transactions;

  RunHandler(Kinds kinds, Ending ending, SpringTx transactions) {
    this.kinds = kinds;
    this.ending = ending;
    this.transactions = transactions;
  }

  @Override
  public Kind<RunInput, RunReceipt> kind() {
    return kinds.run();
  }

  @Override
  public RunReceipt run(RunInput input, JobContext job) {
    var run = input.testRunId();
    if (run == null) {
      throw new RunProblem.MissingRun("/testRunId");
    }
    job.join(Scheduling.GROUP, ExecuteReceipt.class);
    var status =
        job.transaction(
            "complete",
            String.class,
            tx ->
                transactions.within(
                    tx, () -> ending.complete(tx, job.tenant(), run, "job " + job.id())));
    return new RunReceipt(run, status);
  }
}
