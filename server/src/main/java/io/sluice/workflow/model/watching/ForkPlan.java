package io.sluice.workflow.model.watching;

import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Graph;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.model.StepType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which steps of an execution a fork of it takes over, and which run again: the step that it
/// begins at, those whose definition has changed, and all that comes after either.
///
/// @param carried ids of steps that do not run again
/// @param entered ids of steps around those that run again: it stays recorded how they had begun
/// @param differing ids of steps whose definition has changed
/// @param known ids of all steps of the new definition that a fork could begin at
public record ForkPlan(
    Set<String> carried, Set<String> entered, Set<String> differing, List<String> known) {

  /// Plans.
  ///
  /// @param old the definition of the original, as plain JSON
  /// @param fresh the definition of the fork
  /// @param freshJson the same as plain JSON
  /// @param from ids of the steps that run again whatever they have recorded
  public static ForkPlan of(
      Map<String, ? extends @Nullable Object> old,
      Definition fresh,
      Map<String, ? extends @Nullable Object> freshJson,
      Collection<String> from) {
    var before = StepTexts.of(old);
    var now = StepTexts.of(freshJson);
    var differing = new LinkedHashSet<String>();
    now.forEach((id, text) -> {
      if (before.containsKey(id) && !text.equals(before.get(id))) {
        differing.add(id);
      }
    });
    var again = new LinkedHashSet<>(from);
    again.addAll(differing);
    now.keySet().stream().filter(id -> !before.containsKey(id)).forEach(again::add);
    var walk = new Walk(again);
    walk.block(fresh.steps());
    var known = known(fresh.steps());
    var carried = new LinkedHashSet<>(known);
    carried.removeAll(walk.again);
    return new ForkPlan(carried, walk.entered, differing, known);
  }

  private static List<String> known(List<Step> steps) {
    var known = new ArrayList<String>();
    for (var step : steps) {
      known.add(step.id());
      if (step.type() != StepType.FOR_EACH) {
        step.config().blocks().forEach(block -> known.addAll(known(block.steps())));
      }
    }
    return known;
  }

  /// Spreads what runs again: to what comes after it, to what lies in it, to what is around it.
  private static final class Walk {
    private final Set<String> again;
    private final Set<String> entered = new LinkedHashSet<>();

    Walk(Set<String> again) {
      this.again = new LinkedHashSet<>(again);
    }

    /// @return whether something in it runs again
    boolean block(List<Step> steps) {
      var graph = Graph.of(steps);
      var byId = new HashMap<String, Step>();
      steps.forEach(s -> byId.put(s.id(), s));
      boolean any = false;
      for (var id : graph.order()) {
        boolean after = graph.before(id).stream().anyMatch(again::contains);
        any |= step(Objects.requireNonNull(byId.get(id)), after || again.contains(id));
      }
      return any;
    }

    private boolean step(Step step, boolean whole) {
      if (step.type() == StepType.FOR_EACH) {
        // Its items have records of their own below it, which are not taken over one by one.
        whole |= inside(step).anyMatch(again::contains);
      } else if (!whole) {
        boolean any = false;
        for (var block : step.config().blocks()) {
          any |= block(block.steps());
        }
        if (any) {
          entered.add(step.id());
          again.add(step.id());
        }
        return any;
      }
      if (whole) {
        again.add(step.id());
        inside(step).forEach(again::add);
      }
      return whole;
    }

    private static Stream<String> inside(Step step) {
      return step.config().blocks().stream()
          .flatMap(block -> block.steps().stream())
          .flatMap(below -> Stream.concat(Stream.of(below.id()), inside(below)));
    }
  }
}
