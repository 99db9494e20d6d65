package io.sluice.workflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphTest {
  static List<Long> seeds() {
    var seeds = new ArrayList<Long>();
    for (long seed = 1; seed <= 200; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @Test
  void ordersByDependencyAndThenAsWritten() {
    var graph = graph("c:", "a:d", "b:c", "d:");
    assertThat(graph.order()).containsExactly("c", "b", "d", "a");
    assertThat(graph.last()).isEqualTo("a");
    assertThat(graph.levels()).containsExactly(List.of("c", "d"), List.of("b", "a"));
    assertThat(graph.after("c")).containsExactly("b");
  }

  @Test
  void knowsWhatHasEndedBefore() {
    var graph = graph("a:", "b:a", "c:a", "d:b,c", "e:");
    assertThat(graph.ancestors("d")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(graph.ancestors("e")).isEmpty();
    assertThat(graph.descendants("a")).containsExactlyInAnyOrder("b", "c", "d");
  }

  @Test
  void namesACycleAndNotWhatHangsOnIt() {
    var shape = Graph.shape(edges("x:c", "a:b", "b:c", "c:a", "y:"));
    assertThat(shape).isInstanceOf(Graph.Shape.Cyclic.class);
    assertThat(((Graph.Shape.Cyclic) shape).steps()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyOrderOfRandomGraphsKeepsEveryDependency(long seed) {
    var edges = acyclic(new Random(seed));
    var graph = ((Graph.Shape.Acyclic) Graph.shape(edges)).graph();
    assertThat(graph.order())
        .as("seed %s", seed)
        .containsExactlyInAnyOrderElementsOf(edges.keySet());
    var seen = new HashSet<String>();
    for (var step : graph.order()) {
      assertThat(seen).as("seed %s, before %s", seed, step).containsAll(edges.get(step));
      assertThat(seen).containsAll(graph.ancestors(step));
      assertThat(graph.ancestors(step)).doesNotContain(step);
      seen.add(step);
    }
    var levels = graph.levels();
    for (int i = 0; i < levels.size(); i++) {
      for (var step : levels.get(i)) {
        for (var other : levels.get(i)) {
          assertThat(graph.ancestors(step)).as("seed %s", seed).doesNotContain(other);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneEdgeBackIsACycleAndItIsARealOne(long seed) {
    var chance = new Random(seed);
    var edges = acyclic(chance);
    var graph = ((Graph.Shape.Acyclic) Graph.shape(edges)).graph();
    var tail = graph.order().stream().filter(s -> !graph.ancestors(s).isEmpty()).toList();
    if (tail.isEmpty()) {
      return;
    }
    var last = tail.get(chance.nextInt(tail.size()));
    var ancestors = List.copyOf(graph.ancestors(last));
    var first = ancestors.get(chance.nextInt(ancestors.size()));
    var broken = new LinkedHashMap<>(edges);
    var more = new ArrayList<>(edges.get(first));
    more.add(last);
    broken.put(first, more);
    var shape = Graph.shape(broken);
    assertThat(shape).as("seed %s", seed).isInstanceOf(Graph.Shape.Cyclic.class);
    var cycle = ((Graph.Shape.Cyclic) shape).steps();
    for (int i = 0; i < cycle.size(); i++) {
      var next = cycle.get((i + 1) % cycle.size());
      assertThat(broken.get(cycle.get(i))).as("seed %s: %s", seed, cycle).contains(next);
    }
    assertThat(new HashSet<>(cycle)).hasSameSizeAs(cycle);
  }

  private static Map<String, List<String>> acyclic(Random chance) {
    int size = 1 + chance.nextInt(30);
    var ids = new ArrayList<String>();
    for (int i = 0; i < size; i++) {
      ids.add("s" + i);
    }
    Collections.shuffle(ids, chance);
    var edges = new LinkedHashMap<String, List<String>>();
    for (int i = 0; i < size; i++) {
      var before = new ArrayList<String>();
      for (int j = 0; j < i; j++) {
        if (chance.nextInt(5) == 0) {
          before.add(ids.get(j));
        }
      }
      edges.put(ids.get(i), before);
    }
    var written = new ArrayList<>(edges.keySet());
    Collections.shuffle(written, chance);
    var shuffled = new LinkedHashMap<String, List<String>>();
    written.forEach(id -> shuffled.put(id, edges.get(id)));
    return shuffled;
  }

  private static Graph graph(String... lines) {
    return ((Graph.Shape.Acyclic) Graph.shape(edges(lines))).graph();
  }

  private static Map<String, List<String>> edges(String... lines) {
    var edges = new LinkedHashMap<String, List<String>>();
    for (var line : lines) {
      var parts = line.split(":", 2);
      edges.put(parts[0], parts[1].isEmpty() ? List.of() : List.of(parts[1].split(",")));
    }
    return edges;
  }
}
