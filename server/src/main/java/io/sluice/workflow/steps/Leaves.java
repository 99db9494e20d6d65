package io.sluice.workflow.steps;

import io.sluice.workflow.model.Config;

/// What steps do that have no steps inside.
public interface Leaves {
  /// Does what the config says.
  ///
  /// @throws StepFailure or anything else: the attempt failed
  StepResult run(Config config, StepCall call) throws Exception;
}
