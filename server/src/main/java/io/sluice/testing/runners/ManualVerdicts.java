package io.sluice.testing.runners;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.Tx;
import io.sluice.review.ReviewProblem;
import io.sluice.review.VerdictListener;
import io.sluice.testing.run.TestRuns;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Hands what people say of manual tests to the jobs that wait for it, in the transaction in which
/// they say it. A verdict that is undone has been taken already: the case is run again instead.
@Component
final class ManualVerdicts implements VerdictListener {
  private final ObjectProvider<TestRuns> runs;
  private final ObjectProvider<Jobs> jobs;

  ManualVerdicts(ObjectProvider<TestRuns> runs, ObjectProvider<Jobs> jobs) {
    this.runs = runs;
    this.jobs = jobs;
  }

  @Override
  public String source() {
    return ManualRunner.SOURCE;
  }

  @Override
  public void decided(Tx tx, Decided decided) {
    var execution = runs.getObject().execution(decided.tenant(), decided.subject()).execution();
    if (execution.jobId() == null) {
      return;
    }
    try {
      jobs.getObject()
          .signal(
              tx,
              new JobId(execution.jobId()),
              ManualRunner.SIGNAL,
              new ManualRunner.Said(decided.verdict(), decided.note(), decided.reviewer()));
    } catch (EngineProblem.UnknownJob _) {
      // It ended long ago.
    }
  }

  @Override
  public void undone(Tx tx, Decided decided) {
    throw new ReviewProblem.HandedOver(
        decided.review(),
        "test execution " + decided.subject() + " has ended with it. Run the case again");
  }
}
