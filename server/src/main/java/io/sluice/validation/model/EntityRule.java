package io.sluice.validation.model;

import io.sluice.validation.ValidationResult.Gate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// F1 over slots: a slot counts when it is there and its value means what was expected, after
/// numbers, times, dates and units are read. A slot that nobody expected costs precision.
public final class EntityRule {
  private final Canonical canonical;
  private final Set<String> optional;

  /// @param language of the values
  /// @param optional slots that close no gate
  public EntityRule(String language, Set<String> optional) {
    this.canonical = Canonical.in(language);
    this.optional = optional;
  }

  /// Scores the entities.
  public void apply(
      Map<String, Object> expected,
      Map<String, @Nullable Object> actual,
      List<Scored> scored,
      List<Gate> gates) {
    int right = 0;
    var wrong = new ArrayList<String>();
    for (var slot : new TreeMap<>(expected).entrySet()) {
      var found = actual.get(slot.getKey());
      if (found != null && means(slot.getValue(), found)) {
        right++;
        continue;
      }
      var what =
          found == null
              ? slot.getKey() + " is missing; expected " + slot.getValue()
              : slot.getKey() + " is " + found + "; expected " + slot.getValue();
      wrong.add(what);
      if (!optional.contains(slot.getKey())) {
        gates.add(new Gate("entity:" + slot.getKey(), what));
      }
    }
    long given = actual.values().stream().filter(java.util.Objects::nonNull).count();
    scored.add(
        new Scored(
            "entity",
            f1(right, given, expected.size()),
            "slot-f1",
            reason(right, given, expected.size(), wrong)));
  }

  /// 2PR / (P + R), which is 2·right / (given + expected); rounded down.
  private static double f1(int right, long given, int expected) {
    return 20_000L * right / (given + expected) / 10_000.0;
  }

  private static String reason(int right, long given, int expected, List<String> wrong) {
    var counted =
        right + " of " + expected + " expected entities are right, " + given + " were given";
    return wrong.isEmpty() ? counted : counted + ": " + String.join("; ", wrong);
  }

  /// Whether two values mean the same.
  boolean means(Object expected, Object actual) {
    return switch (expected) {
      case Collection<?> all -> actual instanceof Collection<?> found && sameSet(all, found);
      case Map<?, ?> map -> actual instanceof Map<?, ?> found && sameMap(map, found);
      case Number number when actual instanceof Number other ->
          new java.math.BigDecimal(number.toString())
                  .compareTo(new java.math.BigDecimal(other.toString()))
              == 0;
      default -> canonical.of(expected.toString()).equals(canonical.of(actual.toString()));
    };
  }

  private boolean sameSet(Collection<?> expected, Collection<?> actual) {
    return expected.size() == actual.size()
        && expected.stream()
            .allMatch(e -> actual.stream().anyMatch(a -> a != null && e != null && means(e, a)));
  }

  private boolean sameMap(Map<?, ?> expected, Map<?, ?> actual) {
    return expected.keySet().equals(actual.keySet())
        && expected.entrySet().stream()
            .allMatch(e -> {
              var found = actual.get(e.getKey());
              return found != null && e.getValue() != null && means(e.getValue(), found);
            });
  }
}
