package io.sluice.workflow.model;

import java.util.ArrayList;
import java.util.List;

/// Walks through steps.
public final class Steps {
  private Steps() {}

  /// All steps of a definition, however deep they lie, each before those inside of it.
  public static List<Step> all(Definition definition) {
    var found = new ArrayList<Step>();
    collect(definition.steps(), found);
    collect(definition.onError(), found);
    return found;
  }

  private static void collect(List<Step> steps, List<Step> found) {
    for (var step : steps) {
      found.add(step);
      step.config().blocks().forEach(b -> collect(b.steps(), found));
      if (step.onError() instanceof OnError.Handle handle) {
        collect(handle.steps(), found);
      }
      collect(step.compensate(), found);
    }
  }
}
