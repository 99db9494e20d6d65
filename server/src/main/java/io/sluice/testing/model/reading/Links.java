package io.sluice.testing.model.reading;

import io.sluice.sources.Nearest;
import io.sluice.sources.Plain;
import io.sluice.testing.AssetKind;
import io.sluice.testing.model.Expansion;
import io.sluice.testing.model.reading.StepRules.Sort;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks what a draft says of other assets: they are there, take the arguments that they are
/// given, do not use each other in a circle, and have steps that the case can do.
public final class Links {
  /// What there is: stored, or in the same import.
  public interface Others {
    /// The plain JSON of an item.
    Optional<Map<String, @Nullable Object>> item(String name);

    /// Whether there is a case.
    boolean hasCase(String name);

    /// Names, to guess what was meant.
    Collection<String> names(AssetKind kind);
  }

  private final Draft draft;
  private final Others others;

  private Links(Draft draft, Others others) {
    this.draft = draft;
    this.others = others;
  }

  /// Tells the draft what does not fit.
  public static void check(Draft draft, Others others) {
    var links = new Links(draft, others);
    if (draft.kind() == AssetKind.SUITE) {
      links.cases();
    } else {
      links.items(Plain.list(draft.json().get("steps")));
    }
  }

  private void cases() {
    var list = Plain.list(draft.json().get("cases"));
    for (int i = 0; i < list.size(); i++) {
      var name =
          list.get(i) instanceof String text
              ? text
              : Plain.text(Plain.map(list.get(i)).get("case"));
      if (!name.isEmpty() && !others.hasCase(name)) {
        draft
            .findings()
            .error(
                "UNKNOWN_CASE",
                "/cases/" + i,
                "There is no test case '"
                    + name
                    + "'."
                    + Nearest.hint(name, others.names(AssetKind.CASE)));
      }
    }
  }

  private void items(List<@Nullable Object> steps) {
    for (int i = 0; i < steps.size(); i++) {
      var step = Plain.map(steps.get(i));
      if (Sort.of(step) == Sort.ITEM && step.get("item") instanceof String name) {
        use(name, step, "/steps/" + i);
      }
    }
  }

  private void use(String name, Map<String, @Nullable Object> step, String at) {
    var item = item(name);
    if (item.isEmpty()) {
      draft
          .findings()
          .error(
              "UNKNOWN_ITEM",
              at + "/item",
              "There is no test item '"
                  + name
                  + "'."
                  + Nearest.hint(name, others.names(AssetKind.ITEM)));
      return;
    }
    arguments(new Used(name, item.get()), Plain.map(step.get("arguments")), at);
    var wrong = new TreeMap<Sort, String>();
    var path = new LinkedHashMap<String, Boolean>();
    if (draft.kind() == AssetKind.ITEM) {
      path.put(draft.name(), true);
    }
    walk(name, item.get(), path, new Walk(at, wrong));
    wrong.forEach((sort, inside) ->
        draft
            .findings()
            .error(
                "STEP_NOT_HERE",
                at + "/item",
                "Test item '"
                    + inside
                    + "' has "
                    + sort.words()
                    + " among its steps, which a case of type "
                    + draft.json().get("type")
                    + " can not do"));
  }

  /// The draft's own version counts, and not the one before it.
  private Optional<Map<String, @Nullable Object>> item(String name) {
    return draft.kind() == AssetKind.ITEM && name.equals(draft.name())
        ? Optional.of(draft.json())
        : others.item(name);
  }

  private record Walk(String at, Map<Sort, String> wrong) {}

  private void walk(
      String name,
      Map<String, @Nullable Object> item,
      LinkedHashMap<String, Boolean> path,
      Walk walk) {
    if (path.containsKey(name) || path.size() >= Expansion.DEEPEST) {
      var way = String.join(" → ", path.keySet()) + " → " + name;
      draft
          .findings()
          .error(
              path.containsKey(name) ? "ITEM_CYCLE" : "TOO_DEEP",
              walk.at() + "/item",
              path.containsKey(name)
                  ? "Test items use each other in a circle: " + way
                  : "Test items are nested more than " + Expansion.DEEPEST + " deep: " + way);
      return;
    }
    path.put(name, true);
    for (var step : Plain.list(item.get("steps"))) {
      var sort = Sort.of(step);
      if (sort == Sort.ITEM) {
        var next = Plain.text(Plain.map(step).get("item"));
        item(next).ifPresent(i -> walk(next, i, path, walk));
      } else if (!fits(sort)) {
        walk.wrong().putIfAbsent(sort, name);
      }
    }
    path.remove(name);
  }

  /// An item may be used by cases of any type.
  private boolean fits(Sort sort) {
    var type = Plain.text(draft.json().get("type")).toUpperCase(Locale.ROOT);
    return draft.kind() == AssetKind.ITEM
        || sort.name().equals(type)
        || sort == Sort.HTTP && (type.equals("BROWSER") || type.equals("WORKFLOW"));
  }

  private record Used(String name, Map<String, @Nullable Object> item) {}

  private void arguments(Used used, Map<String, @Nullable Object> given, String at) {
    var known = new TreeSet<String>();
    for (var parameter : Plain.list(used.item().get("parameters"))) {
      var map = Plain.map(parameter);
      var name = parameter instanceof String text ? text : Plain.text(map.get("name"));
      known.add(name);
      boolean required = !map.containsKey("default") && !Boolean.FALSE.equals(map.get("required"));
      if (required && !given.containsKey(name)) {
        draft
            .findings()
            .error(
                "MISSING_ARGUMENT",
                at,
                "Test item '" + used.name() + "' needs an argument '" + name + "'");
      }
    }
    for (var name : given.keySet()) {
      if (!known.contains(name)) {
        draft
            .findings()
            .error(
                "UNKNOWN_ARGUMENT",
                at + "/arguments/" + name,
                "Test item '"
                    + used.name()
                    + "' has no parameter '"
                    + name
                    + "'."
                    + Nearest.hint(name, known));
      }
    }
  }
}
