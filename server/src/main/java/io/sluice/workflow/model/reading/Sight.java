package io.sluice.workflow.model.reading;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What an expression may refer to at some place.
///
/// @param roots the variables
/// @param steps ids of steps that are certain to have ended
record Sight(Set<String> roots, Set<String> steps) {
  /// Where nothing has run yet.
  static final Sight BEGIN = new Sight(Set.of("input", "context", "execution", "steps"), Set.of());

  /// A response.
  static final Sight RESPONSE = new Sight(Set.of("status", "headers", "body"), Set.of());

  /// A failed attempt.
  static final Sight ATTEMPT =
      new Sight(Set.of("status", "errorType", "message", "body", "attempt"), Set.of());

  /// With more variables.
  Sight with(String... more) {
    return new Sight(joined(roots, List.of(more)), steps);
  }

  /// Without some variables.
  Sight without(String... less) {
    var left = new LinkedHashSet<>(roots);
    left.removeAll(List.of(less));
    return new Sight(left, steps);
  }

  /// After more steps.
  Sight after(Collection<String> more) {
    return new Sight(roots, joined(steps, more));
  }

  private static Set<String> joined(Set<String> set, Collection<String> more) {
    var all = new LinkedHashSet<>(set);
    all.addAll(more);
    return all;
  }
}
