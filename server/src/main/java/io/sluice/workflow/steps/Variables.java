package io.sluice.workflow.steps;

import io.sluice.expression.Scope;
import io.sluice.workflow.StepOutcome;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What expressions see: `input`, `context`, `execution`, `steps`, `secrets`, and inside of a
/// FOR_EACH `item` and `index`. Steps that have ended are added; threads may share it.
public final class Variables {
  private final Map<String, @Nullable Object> document;
  private final ConcurrentHashMap<String, Object> steps;

  private Variables(
      Map<String, @Nullable Object> document, ConcurrentHashMap<String, Object> steps) {
    this.document = document;
    this.steps = steps;
  }

  /// Those of an execution, before its first step.
  ///
  /// @param roots all but `steps`
  public static Variables of(Map<String, ? extends @Nullable Object> roots) {
    var steps = new ConcurrentHashMap<String, Object>();
    var document = new HashMap<String, @Nullable Object>(roots);
    document.put("steps", steps);
    return new Variables(document, steps);
  }

  /// Those of an item: what lies around it, and steps of its own.
  public Variables inside(@Nullable Object item, int index) {
    var own = new ConcurrentHashMap<String, Object>();
    var inner = new HashMap<String, @Nullable Object>(document);
    inner.put("item", item);
    inner.put("index", index);
    inner.put("steps", new Layered(own, members("steps")));
    return new Variables(inner, own);
  }

  /// The same with another root, e.g. `error`; steps that end are seen by both.
  public Variables with(String root, @Nullable Object value) {
    var more = new HashMap<String, @Nullable Object>(document);
    more.put(root, value);
    return new Variables(more, steps);
  }

  /// As a step sees them that makes its output of what it got.
  public Variables withOutput(String step, @Nullable Object output) {
    var one = Map.<String, Object>of(step, entry(output, StepOutcome.Status.COMPLETED));
    return with("steps", new Layered(one, members("steps")));
  }

  /// A step has ended.
  public void ended(String step, StepOutcome outcome) {
    steps.put(step, entry(outcome.output(), outcome.status()));
  }

  /// Steps as they were in another job.
  public void restore(Map<?, ?> ended) {
    ended.forEach((step, entry) -> {
      if (entry != null) {
        steps.put(String.valueOf(step), entry);
      }
    });
  }

  private static Map<String, @Nullable Object> entry(
      @Nullable Object output, StepOutcome.Status status) {
    var entry = new LinkedHashMap<String, @Nullable Object>();
    entry.put("output", output);
    entry.put("status", status.word());
    return entry;
  }

  /// What a step gave, if it has ended.
  public @Nullable Object output(String step) {
    return members("steps").get(step) instanceof Map<?, ?> entry ? entry.get("output") : null;
  }

  /// A root.
  public @Nullable Object root(String name) {
    return document.get(name);
  }

  /// The members of a root; none if it is no object.
  @SuppressWarnings("unchecked")
  public Map<String, @Nullable Object> members(String root) {
    return document.get(root) instanceof Map<?, ?> map
        ? (Map<String, @Nullable Object>) map
        : Map.of();
  }

  /// For one evaluation.
  ///
  /// @param now null: there is no time
  public Scope at(@Nullable Instant now) {
    return new Scope(document, now);
  }

  /// What is found in the first, or else in the second.
  private static final class Layered extends AbstractMap<String, @Nullable Object> {
    private final Map<String, ? extends @Nullable Object> first;
    private final Map<String, ? extends @Nullable Object> second;

    Layered(
        Map<String, ? extends @Nullable Object> first,
        Map<String, ? extends @Nullable Object> second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public @Nullable Object get(Object key) {
      Object found = first.get(key);
      return found == null ? second.get(key) : found;
    }

    @Override
    public boolean containsKey(Object key) {
      return first.containsKey(key) || second.containsKey(key);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
      var all = new LinkedHashMap<String, @Nullable Object>(second);
      all.putAll(first);
      return all.entrySet();
    }
  }
}
