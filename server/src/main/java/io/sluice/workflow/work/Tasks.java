package io.sluice.workflow.work;

import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.model.StepType;
import io.sluice.workflow.model.Wait;
import java.util.List;
import java.util.Optional;

/// Finds the step that a signal is an answer to.
final class Tasks {
  private Tasks() {}

  /// The step's id in a path like `each#items/3/approve`.
  static String stepOf(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    int round = name.indexOf('@');
    return round < 0 ? name : name.substring(0, round);
  }

  /// A step of a definition, however deep.
  static Optional<Step> find(Definition definition, String id) {
    return find(definition.steps(), id);
  }

  /// How many FOR_EACHs there are around a step.
  static int loops(Definition definition, String id) {
    return loops(definition.steps(), id, 0).orElse(0);
  }

  private static Optional<Integer> loops(List<Step> steps, String id, int around) {
    for (var step : steps) {
      if (step.id().equals(id)) {
        return Optional.of(around);
      }
      int inside = around + (step.type() == StepType.FOR_EACH ? 1 : 0);
      for (var block : step.config().blocks()) {
        var below = loops(block.steps(), id, inside);
        if (below.isPresent()) {
          return below;
        }
      }
    }
    return Optional.empty();
  }

  /// Whether any step waits for a signal that it names.
  static boolean waitsForSignals(Definition definition) {
    return waitsForSignals(definition.steps());
  }

  private static boolean waitsForSignals(List<Step> steps) {
    return steps.stream()
        .anyMatch(step ->
            step.config() instanceof Wait wait && wait.what() instanceof Wait.For.Signal
                || step.config().blocks().stream()
                    .anyMatch(block -> waitsForSignals(block.steps())));
  }

  private static Optional<Step> find(List<Step> steps, String id) {
    for (var step : steps) {
      if (step.id().equals(id)) {
        return Optional.of(step);
      }
      for (var block : step.config().blocks()) {
        var below = find(block.steps(), id);
        if (below.isPresent()) {
          return below;
        }
      }
    }
    return Optional.empty();
  }
}
