package io.sluice.workflow.model.reading;

import io.sluice.workflow.model.Graph;
import io.sluice.workflow.model.reading.Outline.Node;
import io.sluice.workflow.model.reading.Outline.Section;
import io.sluice.workflow.model.reading.Outline.Use;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is certain at each step: that its ancestors have ended, and what was certain where its list
/// stands.
final class Sights {
  private final Map<String, Graph> graphs;
  private final Map<String, Sight> bySection = new HashMap<>();

  /// @param graphs by the pointer of a list; where one is missing because of a cycle, all steps of
  ///   the list are taken as ancestors, so that one mistake is told once
  Sights(Map<String, Graph> graphs) {
    this.graphs = graphs;
  }

  /// At a step, before it begins.
  Sight of(Node step) {
    var graph = graphs.get(step.section().pointer());
    var inside = of(step.section());
    return graph == null
        ? inside.after(ids(step.section()))
        : inside.after(graph.ancestors(step.id()));
  }

  /// At all steps of a list, whatever comes before them in it.
  Sight of(Section section) {
    var known = bySection.get(section.pointer());
    if (known == null) {
      known = found(section);
      bySection.put(section.pointer(), known);
    }
    return known;
  }

  /// When all steps of a list have ended.
  Sight behind(Section section) {
    return of(section).after(ids(section));
  }

  /// When the lists of some use inside of a step have ended.
  Sight behind(Node step, Use use) {
    return step.inner().stream()
        .filter(s -> s.use() == use)
        .findFirst()
        .map(this::behind)
        .orElseGet(() -> of(step));
  }

  private Sight found(Section section) {
    var owner = section.owner();
    if (owner == null) {
      return section.use() == Use.MAIN ? Sight.BEGIN : Sight.BEGIN.with("error");
    }
    var outside = of(owner);
    return switch (section.use()) {
      case LOOP -> outside.with("item", "index");
      case ON_ERROR -> outside.with("error");
      case COMPENSATE -> outside.with("error").after(List.of(owner.id()));
      case BRANCH, MAIN, MAIN_ON_ERROR -> outside;
    };
  }

  private static List<String> ids(Section section) {
    return section.steps().stream().map(Node::id).toList();
  }
}
