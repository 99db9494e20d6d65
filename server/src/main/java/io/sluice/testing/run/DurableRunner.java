package io.sluice.testing.run;

import io.sluice.engine.JobContext;

/// A runner that waits for others (people, workflows) and so runs as the job itself, outside of a
/// step: what must not happen twice it puts into steps of its own. It can not run inline.
public interface DurableRunner extends Runner {
  /// Makes one attempt.
  ///
  /// @param job names of steps, waits and groups carry the attempt's number
  Result run(ExecutionPlan plan, Trace trace, JobContext job) throws Exception;

  @Override
  default Result run(ExecutionPlan plan, Trace trace) {
    throw new CaseError(
        "NOT_INLINE",
        "Cases of type '%s' wait for others and can not run inline; schedule the run without runInline"
            .formatted(type().sql()),
        null);
  }
}
