package io.sluice.workflow.steps;

import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.model.Config;

/// What steps do that may wait for long: what they begin with is recorded, so that a run that goes
/// on later evaluates nothing again.
public interface Waiting {
  /// Evaluates the config. Runs inside of a step.
  Begun begin(Config config, StepCall call) throws Exception;

  /// Waits, and ends. Entered again by each run of the job until it returns.
  StepResult end(Config config, Begun begun, StepCall call) throws Exception;
}
