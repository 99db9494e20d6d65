package io.sluice.expression.jsonata;

import io.sluice.expression.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The places of the document that an expression reads, as a tree of names. [#pick] copies them and
/// nothing else, so that the library, which changes lists that it is given, has its own.
final class Places {
  private final Map<String, Places> below = new LinkedHashMap<>();
  private boolean whole;

  /// Adds a place, with all that lies below it.
  void take(List<String> place) {
    reach(place).whole = true;
  }

  /// Adds a place without what lies below it: that it is there, and how often, can be seen.
  void pass(List<String> place) {
    reach(place);
  }

  private Places reach(List<String> place) {
    Places at = this;
    for (String name : place) {
      at = at.below.computeIfAbsent(name, _ -> new Places());
    }
    return at;
  }

  Set<Reference> references() {
    var found = new TreeSet<Reference>();
    if (whole) {
      found.add(Reference.EVERYTHING);
    }
    below.forEach((root, places) -> {
      if (places.whole || places.below.isEmpty()) {
        found.add(new Reference(root, null));
      }
      places.below.keySet().forEach(member -> found.add(new Reference(root, member)));
    });
    return Collections.unmodifiableSet(found);
  }

  /// A copy of what is read, with the library's own value for JSON's null.
  @Nullable Object pick(@Nullable Object value) {
    if (whole) {
      return Plain.in(value);
    }
    return switch (value) {
      case Map<?, ?> map -> pickMembers(map);
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>(list.size());
        list.forEach(item -> copy.add(pick(item)));
        yield copy;
      }
      case null, default -> Plain.in(value);
    };
  }

  private Map<String, @Nullable Object> pickMembers(Map<?, ?> map) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    below.forEach((name, places) -> {
      if (map.containsKey(name)) {
        copy.put(name, places.pick(map.get(name)));
      }
    });
    return copy;
  }
}
