package io.sluice.workflow.model.reading;

import io.sluice.sources.Findings;
import io.sluice.sources.Nearest;
import io.sluice.sources.Plain;
import io.sluice.sources.Pointers;
import io.sluice.workflow.model.Graph;
import io.sluice.workflow.model.reading.Outline.Node;
import io.sluice.workflow.model.reading.Outline.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Ids are unique, and every step can be reached.
final class DependencyCheck {
  private final Outline outline;
  private final Findings findings;
  private final Map<String, Node> byId = new HashMap<>();

  private DependencyCheck(Outline outline, Findings findings) {
    this.outline = outline;
    this.findings = findings;
  }

  /// @return the graph of each list, by its pointer; none where there is a cycle
  static Map<String, Graph> check(Outline outline, Findings findings) {
    return new DependencyCheck(outline, findings).graphs();
  }

  private Map<String, Graph> graphs() {
    outline.steps().forEach(this::name);
    outline.steps().forEach(this::dependencies);
    outline.steps().forEach(this::branchIds);
    var graphs = new HashMap<String, Graph>();
    for (var section : outline.sections()) {
      switch (Graph.shape(dependencies(section))) {
        case Graph.Shape.Acyclic(Graph graph) -> graphs.put(section.pointer(), graph);
        case Graph.Shape.Cyclic(List<String> steps) -> cycle(section, steps);
      }
    }
    return graphs;
  }

  private void name(Node step) {
    if (step.id().isEmpty()) {
      return;
    }
    var first = byId.putIfAbsent(step.id(), step);
    if (first != null) {
      findings.error(
          "DUPLICATE_STEP_ID",
          step.pointer() + "/id",
          "The id '"
              + step.id()
              + "' is that of "
              + first.pointer()
              + " too; ids are unique in the whole definition, also in branches");
    }
  }

  private void dependencies(Node step) {
    var list = Plain.list(step.raw().get("dependsOn"));
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String other) {
        dependency(step, other, Pointers.child(step.pointer() + "/dependsOn", i));
      }
    }
  }

  private void dependency(Node step, String other, String pointer) {
    var target = byId.get(other);
    if (target == null) {
      findings.error(
          "UNKNOWN_STEP",
          pointer,
          "There is no step '" + other + "'." + Nearest.hint(other, byId.keySet()));
    } else if (other.equals(step.id())) {
      findings.error(
          "SELF_DEPENDENCY", pointer, "Step '" + other + "' depends on itself; remove this");
    } else if (!siblings(step.section()).contains(other)) {
      findings.error("UNREACHABLE_STEP", pointer, unreachable(step, target));
    }
  }

  private static Set<String> siblings(Section section) {
    return section.steps().stream().map(Node::id).collect(Collectors.toSet());
  }

  private static String unreachable(Node step, Node target) {
    var owner = target.section().owner();
    return "Step '"
        + step.id()
        + "' can never begin: '"
        + target.id()
        + "' stands in another list ("
        + target.section().pointer()
        + "), and only steps of the same list can be waited for"
        + (owner == null ? "" : "; depend on '" + owner.id() + "', which holds it");
  }

  /// Two branches of the same id; of branches that are a map, the reader has found it.
  private void branchIds(Node step) {
    var branches = Plain.list(step.config().get("branches"));
    var seen = new HashSet<String>();
    for (int i = 0; i < branches.size() && step.type().equals("PARALLEL"); i++) {
      var id = Plain.text(Plain.map(branches.get(i)).get("id"));
      if (!id.isEmpty() && !seen.add(id)) {
        findings.error(
            "DUPLICATE_BRANCH_ID",
            Pointers.child(step.pointer() + "/config/branches", i) + "/id",
            "Another branch of this step has the id '" + id + "' too");
      }
    }
  }

  private static Map<String, List<String>> dependencies(Section section) {
    var before = new LinkedHashMap<String, List<String>>();
    for (var step : section.steps()) {
      var others = new ArrayList<String>();
      for (var other : Plain.list(step.raw().get("dependsOn"))) {
        if (other instanceof String id && !id.equals(step.id())) {
          others.add(id);
        }
      }
      before.merge(step.id(), others, (a, _) -> a);
    }
    return before;
  }

  private void cycle(Section section, List<String> steps) {
    var first =
        section.steps().stream().filter(s -> steps.contains(s.id())).findFirst().orElseThrow();
    int at = steps.indexOf(first.id());
    var turned = new ArrayList<>(steps.subList(at, steps.size()));
    turned.addAll(steps.subList(0, at));
    turned.add(first.id());
    findings.error(
        "CYCLE",
        first.pointer() + "/dependsOn",
        "Steps wait for each other: "
            + String.join(" → ", turned)
            + "; remove one of these dependencies");
  }
}
