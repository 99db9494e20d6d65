package io.sluice.testing.model;

import io.sluice.expression.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the steps of items where they are used.
public final class Expansion {
  /// How deep items may use items.
  public static final int DEEPEST = 5;

  private final Map<String, TestItem> items;
  private final List<Bound> found = new ArrayList<>();

  private Expansion(Map<String, TestItem> items) {
    this.items = items;
  }

  /// A step that is run, with the arguments of the items that it stands in.
  ///
  /// @param id where it stands, from 1: `3`, and inside of the item there `3.1`
  /// @param arguments of each item, the outermost first
  public record Bound(String id, Step step, List<Map<String, Template>> arguments) {
    /// What the step's templates read: the document, and `args` where it stands in an item.
    public Map<String, @Nullable Object> scope(Map<String, @Nullable Object> document) {
      var scope = new LinkedHashMap<String, @Nullable Object>(document);
      for (var given : arguments) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        given.forEach((name, value) -> values.put(name, value.render(scope)));
        scope.put("args", values);
      }
      return scope;
    }
  }

  /// All steps that are run, one after the other; none of them is an [ItemStep].
  ///
  /// @param items by name; those of a [Selection]
  public static List<Bound> of(List<Step> steps, Map<String, TestItem> items) {
    var expansion = new Expansion(items);
    expansion.add(steps, "", List.of());
    return expansion.found;
  }

  private void add(List<Step> steps, String prefix, List<Map<String, Template>> arguments) {
    for (int i = 0; i < steps.size(); i++) {
      var id = prefix + (i + 1);
      if (steps.get(i) instanceof ItemStep use) {
        inside(use, id, arguments);
      } else {
        found.add(new Bound(id, steps.get(i), arguments));
      }
    }
  }

  private void inside(ItemStep use, String id, List<Map<String, Template>> outer) {
    var item = items.get(use.item());
    if (item == null || outer.size() >= DEEPEST) {
      throw new IllegalStateException("step " + id + " uses '" + use.item() + "', unchecked");
    }
    var given = new LinkedHashMap<String, Template>();
    for (var parameter : item.parameters()) {
      var argument = use.arguments().get(parameter.name());
      given.put(parameter.name(), argument != null ? argument : Template.of(parameter.otherwise()));
    }
    var all = new ArrayList<>(outer);
    all.add(given);
    add(item.steps(), id + ".", List.copyOf(all));
  }
}
