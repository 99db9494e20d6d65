package io.sluice.workflow.work;

import io.sluice.expression.Expression;
import io.sluice.expression.Reference;
import io.sluice.expression.Template;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.Graph;
import io.sluice.workflow.model.OnError;
import io.sluice.workflow.model.Step;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A definition, ready to be run: its blocks in order, its steps by id. Made once a version;
/// threads share it.
public final class Plan {
  private final Definition definition;
  private final Map<List<Step>, Block> blocks = new IdentityHashMap<>();
  private final Map<String, Step> steps = new HashMap<>();

  /// Of a definition that was found valid.
  public Plan(Definition definition) {
    this.definition = definition;
    add(definition.steps());
    add(definition.onError());
  }

  /// A block in order.
  ///
  /// @param steps each after those that it depends on
  /// @param before by step, what must have ended before
  /// @param last the step whose output is the block's
  /// @param sink the step that begins when all others have ended; null: there is none
  record Block(
      List<Step> steps, Map<String, List<String>> before, String last, @Nullable String sink) {}

  private void add(List<Step> block) {
    if (block.isEmpty()) {
      return;
    }
    var graph = Graph.of(block);
    var byId = new HashMap<String, Step>();
    block.forEach(step -> byId.put(step.id(), step));
    var before = new HashMap<String, List<String>>();
    graph.order().forEach(id -> before.put(id, graph.before(id)));
    var ordered = graph.order().stream().map(byId::get).toList();
    blocks.put(block, new Block(ordered, before, graph.last(), sink(graph)));
    for (var step : block) {
      steps.put(step.id(), step);
      step.config().blocks().forEach(inner -> add(inner.steps()));
      add(step.compensate());
      if (step.onError() instanceof OnError.Handle handle) {
        add(handle.steps());
      }
    }
  }

  private static @Nullable String sink(Graph graph) {
    var end = graph.order().getLast();
    return graph.order().stream()
            .allMatch(id -> id.equals(end) || graph.ancestors(end).contains(id))
        ? end
        : null;
  }

  Definition definition() {
    return definition;
  }

  Block block(List<Step> block) {
    var found = blocks.get(block);
    if (found == null) {
      throw new IllegalArgumentException("a block of another definition");
    }
    return found;
  }

  /// A step, however deep.
  Optional<Step> step(String id) {
    return Optional.ofNullable(steps.get(id));
  }

  /// What the expressions inside of something refer to, however deep they lie.
  public static Set<Reference> references(@Nullable Object part) {
    var found = new LinkedHashSet<Reference>();
    collect(part, found);
    return found;
  }

  private static void collect(@Nullable Object part, Set<Reference> found) {
    switch (part) {
      case null -> {}
      case Expression expression -> found.addAll(expression.references());
      case Template template -> found.addAll(template.references());
      case Collection<?> many -> many.forEach(one -> collect(one, found));
      case Map<?, ?> map -> map.values().forEach(one -> collect(one, found));
      case Record one -> {
        for (var component : one.getClass().getRecordComponents()) {
          collect(value(one, component), found);
        }
      }
      default -> {}
    }
  }

  private static @Nullable Object value(Record of, RecordComponent component) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("records can be read", e);
    }
  }
}
