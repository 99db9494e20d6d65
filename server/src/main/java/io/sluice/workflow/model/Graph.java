package io.sluice.workflow.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// Which step of a block must end before which. Has no cycle.
///
/// Every order that it gives is the same for the same block: among steps that could be next, the
/// one that is written first comes first.
public final class Graph {
  private final List<String> order;
  private final Map<String, List<String>> before;
  private final Map<String, List<String>> after;

  private Graph(List<String> order, Map<String, List<String>> before) {
    this.order = List.copyOf(order);
    this.before = before;
    this.after = turned(before);
  }

  /// What a set of dependencies turns out to be.
  public sealed interface Shape {
    /// It can be run.
    record Acyclic(Graph graph) implements Shape {}

    /// It can not.
    ///
    /// @param steps the steps of one cycle: each depends on the next, the last on the first
    record Cyclic(List<String> steps) implements Shape {}
  }

  /// The graph of a block of a definition that was found valid.
  public static Graph of(List<Step> block) {
    var before = new LinkedHashMap<String, List<String>>();
    block.forEach(s -> before.put(s.id(), s.dependsOn()));
    return switch (shape(before)) {
      case Shape.Acyclic(Graph graph) -> graph;
      case Shape.Cyclic(List<String> steps) ->
          throw new IllegalArgumentException("steps depend on each other: " + steps);
    };
  }

  /// Looks for cycles.
  ///
  /// @param before by step, in the order in which they are written, the steps that must end before;
  ///   those that are not in the map are left out
  public static Shape shape(Map<String, List<String>> before) {
    var known = new LinkedHashMap<String, List<String>>();
    before.forEach((id, others) ->
        known.put(id, others.stream().filter(before::containsKey).distinct().toList()));
    var order = sorted(known);
    return order.size() == known.size()
        ? new Shape.Acyclic(new Graph(order, known))
        : new Shape.Cyclic(cycle(known, Set.copyOf(order)));
  }

  /// All that can be brought into an order; less than all if there is a cycle.
  private static List<String> sorted(Map<String, List<String>> before) {
    var places = new HashMap<String, Integer>();
    var open = new HashMap<String, Integer>();
    before.forEach((id, others) -> {
      places.put(id, places.size());
      open.put(id, others.size());
    });
    var ids = List.copyOf(before.keySet());
    var ready = new PriorityQueue<Integer>();
    ids.stream()
        .filter(id -> before.getOrDefault(id, List.of()).isEmpty())
        .map(places::get)
        .forEach(ready::add);
    var after = turned(before);
    var order = new ArrayList<String>();
    while (!ready.isEmpty()) {
      var next = ids.get(ready.remove());
      order.add(next);
      for (var follower : after.getOrDefault(next, List.of())) {
        if (open.merge(follower, -1, Integer::sum) == 0) {
          ready.add(places.get(follower));
        }
      }
    }
    return order;
  }

  /// Follows dependencies among what could not be ordered until one is met again.
  private static List<String> cycle(Map<String, List<String>> before, Set<String> ordered) {
    var way = new LinkedHashSet<String>();
    var at = before.keySet().stream().filter(id -> !ordered.contains(id)).findFirst().orElseThrow();
    while (way.add(at)) {
      at =
          before.getOrDefault(at, List.of()).stream()
              .filter(id -> !ordered.contains(id))
              .findFirst()
              .orElseThrow();
    }
    var steps = new ArrayList<>(way);
    return List.copyOf(steps.subList(steps.indexOf(at), steps.size()));
  }

  private static Map<String, List<String>> turned(Map<String, List<String>> before) {
    var after = new LinkedHashMap<String, List<String>>();
    before.forEach((id, others) ->
        others.forEach(other -> after.computeIfAbsent(other, _ -> new ArrayList<>()).add(id)));
    return after;
  }

  /// All steps, each after those that it depends on.
  public List<String> order() {
    return order;
  }

  /// The step whose output a block gives: the last one of the order.
  public String last() {
    return order.getLast();
  }

  /// Steps that must end before this one, itself not among them.
  public List<String> before(String step) {
    return before.getOrDefault(step, List.of());
  }

  /// Steps that wait for this one.
  public List<String> after(String step) {
    return after.getOrDefault(step, List.of());
  }

  /// All steps that have ended when this one begins.
  public Set<String> ancestors(String step) {
    return reached(step, before);
  }

  /// All steps that begin only after this one has ended.
  public Set<String> descendants(String step) {
    return reached(step, after);
  }

  private static Set<String> reached(String step, Map<String, List<String>> edges) {
    var found = new LinkedHashSet<String>();
    var open = new ArrayDeque<>(edges.getOrDefault(step, List.of()));
    while (!open.isEmpty()) {
      var next = open.remove();
      if (found.add(next)) {
        open.addAll(edges.getOrDefault(next, List.of()));
      }
    }
    return Collections.unmodifiableSet(found);
  }

  /// Steps by how many must end one after the other before them: those of one level could run at
  /// once.
  public List<List<String>> levels() {
    var depth = new HashMap<String, Integer>();
    var levels = new ArrayList<List<String>>();
    for (var id : order) {
      int level = before(id).stream().mapToInt(o -> depth.getOrDefault(o, 0) + 1).max().orElse(0);
      depth.put(id, level);
      if (level == levels.size()) {
        levels.add(new ArrayList<>());
      }
      levels.get(level).add(id);
    }
    return levels;
  }
}
