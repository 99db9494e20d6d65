package io.sluice.sources;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What changed from one plain JSON to another. Objects in lists are recognised by their `id`, so
/// that a step that was put in front is one change and not one for each step behind it.
public final class Difference {
  private final List<Change> changes = new ArrayList<>();

  private Difference() {}

  /// All changes, in the order of the newer one.
  public static List<Change> between(@Nullable Object from, @Nullable Object to) {
    var difference = new Difference();
    difference.value("", from, to);
    return difference.changes;
  }

  private void value(String at, @Nullable Object from, @Nullable Object to) {
    if (from instanceof Map<?, ?> before && to instanceof Map<?, ?> after) {
      members(at, before, after);
    } else if (from instanceof List<?> before && to instanceof List<?> after) {
      items(at, before, after);
    } else if (!Objects.equals(from, to)) {
      changes.add(new Change("replace", at, from, to));
    }
  }

  private void members(String at, Map<?, ?> before, Map<?, ?> after) {
    before.forEach((name, value) -> {
      if (!after.containsKey(name)) {
        changes.add(new Change("remove", Pointers.child(at, (String) name), value, null));
      }
    });
    after.forEach((name, value) -> {
      var place = Pointers.child(at, (String) name);
      if (before.containsKey(name)) {
        value(place, before.get(name), value);
      } else {
        changes.add(new Change("add", place, null, value));
      }
    });
  }

  private void items(String at, List<?> before, List<?> after) {
    var old = byId(before);
    var now = byId(after);
    if (old == null || now == null) {
      byPlace(at, before, after);
      return;
    }
    old.forEach((id, place) -> {
      if (!now.containsKey(id)) {
        changes.add(new Change("remove", Pointers.child(at, place), before.get(place), null));
      }
    });
    int last = -1;
    for (int i = 0; i < after.size(); i++) {
      var place = old.get(id(after.get(i)));
      if (place == null) {
        changes.add(new Change("add", Pointers.child(at, i), null, after.get(i)));
        continue;
      }
      if (place < last) {
        changes.add(
            new Change("move", Pointers.child(at, i), Pointers.child(at, place), id(after.get(i))));
      }
      last = Math.max(last, place);
      value(Pointers.child(at, i), before.get(place), after.get(i));
    }
  }

  private void byPlace(String at, List<?> before, List<?> after) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      var place = Pointers.child(at, i);
      if (i >= after.size()) {
        changes.add(new Change("remove", place, before.get(i), null));
      } else if (i >= before.size()) {
        changes.add(new Change("add", place, null, after.get(i)));
      } else {
        value(place, before.get(i), after.get(i));
      }
    }
  }

  /// Places by id; null if not every item is an object with an id of its own.
  private static @Nullable Map<String, Integer> byId(List<?> list) {
    var places = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < list.size(); i++) {
      var id = id(list.get(i));
      if (id == null || places.put(id, i) != null) {
        return null;
      }
    }
    return places;
  }

  private static @Nullable String id(@Nullable Object item) {
    return item instanceof Map<?, ?> map && map.get("id") instanceof String id ? id : null;
  }
}
