package io.sluice.workflow.work;

import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which steps of a definition undo others.
final class Compensations {
  private Compensations() {}

  /// Their ids.
  static Set<String> of(Definition definition) {
    var ids = new LinkedHashSet<String>();
    collect(definition.steps(), ids);
    return ids;
  }

  private static void collect(List<Step> steps, Set<String> ids) {
    for (var step : steps) {
      step.compensate().forEach(undo -> ids.add(undo.id()));
      step.config().blocks().forEach(block -> collect(block.steps(), ids));
    }
  }
}
