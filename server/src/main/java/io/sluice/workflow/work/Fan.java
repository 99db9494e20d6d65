package io.sluice.workflow.work;

import io.sluice.workflow.model.ForEach;
import io.sluice.workflow.steps.StepCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs the items of a FOR_EACH that are too many for one job.
@FunctionalInterface
public interface Fan {
  /// What the items gave, in order; null for those that failed and were tolerated.
  ///
  /// @throws io.sluice.workflow.steps.StepFailure if too many failed
  List<@Nullable Object> run(ForEach config, int items, StepCall call, Run run);
}
