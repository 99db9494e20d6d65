package io.sluice.testing.model.reading;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an expression may read at its place.
///
/// @param members of each root that may be read; null: any
record Sight(Map<String, @Nullable Set<String>> members) {
  /// What every template of a case may read, without knowing which members there are.
  static final Sight CELL = of("language", "row", "values", "env");

  static Sight of(String... roots) {
    var members = new HashMap<String, @Nullable Set<String>>();
    for (var root : roots) {
      members.put(root, null);
    }
    return new Sight(members);
  }

  /// With more roots.
  Sight with(String... roots) {
    var more = new HashMap<String, @Nullable Set<String>>(members);
    for (var root : roots) {
      more.put(root, null);
    }
    return new Sight(more);
  }

  /// With a root that has these members, and no others.
  Sight knowing(String root, Set<String> names) {
    var more = new HashMap<String, @Nullable Set<String>>(members);
    more.put(root, new TreeSet<>(names));
    return new Sight(more);
  }

  /// With a root, if somebody knows its members.
  Sight maybeKnowing(String root, @Nullable Set<String> names) {
    return names == null ? with(root) : knowing(root, names);
  }
}
