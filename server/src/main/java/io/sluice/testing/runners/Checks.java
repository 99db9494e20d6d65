package io.sluice.testing.runners;

import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.Template;
import io.sluice.sources.JsonSchema;
import io.sluice.testing.model.JsonPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Holds what a step saw against what it expects. What does not hold is told, all of it.
final class Checks {
  private final List<String> faults = new ArrayList<>();
  private int made;

  /// Everything that does not hold, in the order in which it was looked at.
  List<String> faults() {
    return faults;
  }

  /// How many were made.
  int made() {
    return made;
  }

  /// Something that must hold.
  ///
  /// @param fault what is told if it does not
  void that(boolean holds, String fault) {
    made++;
    if (!holds) {
      faults.add(fault);
    }
  }

  /// What must stand at places of some JSON.
  ///
  /// @param expected the values, filled in with `document`
  void paths(
      Map<JsonPath, Template> expected,
      @Nullable Object json,
      Map<String, @Nullable Object> document) {
    expected.forEach((path, template) -> {
      var wanted = template.render(document);
      var found = path.find(json);
      that(
          found.there() ? same(wanted, found.value()) : wanted == null,
          found.there()
              ? "%s is %s, not %s".formatted(path, shown(found.value()), shown(wanted))
              : "there is no %s; it should be %s".formatted(path, shown(wanted)));
    });
  }

  /// Conditions that must hold.
  void assertions(List<Expression> assertions, Map<String, @Nullable Object> document) {
    for (var assertion : assertions) {
      try {
        that(assertion.test(document), "'" + assertion.source() + "' does not hold");
      } catch (ExpressionProblem e) {
        that(false, "'" + assertion.source() + "' can not be evaluated: " + e.getMessage());
      }
    }
  }

  /// A JSON Schema that must fit.
  void schema(@Nullable Map<String, @Nullable Object> schema, @Nullable Object json) {
    if (schema == null) {
      return;
    }
    var misfits = JsonSchema.of(schema).check(json);
    that(
        misfits.isEmpty(),
        misfits.isEmpty()
            ? ""
            : "the body does not fit its schema: "
                + (misfits.getFirst().pointer().isEmpty() ? "" : misfits.getFirst().pointer() + " ")
                + misfits.getFirst().message());
  }

  /// A time that must be kept to.
  void within(@Nullable Duration most, Duration took) {
    if (most != null) {
      that(
          took.compareTo(most) <= 0,
          "it took %d ms, more than %d ms".formatted(took.toMillis(), most.toMillis()));
    }
  }

  /// Equal as JSON: numbers by their value.
  static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString())) == 0;
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.keySet().equals(y.keySet())
          && x.keySet().stream().allMatch(key -> same(x.get(key), y.get(key)));
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      if (x.size() != y.size()) {
        return false;
      }
      for (int i = 0; i < x.size(); i++) {
        if (!same(x.get(i), y.get(i))) {
          return false;
        }
      }
      return true;
    }
    return Objects.equals(a, b);
  }

  private static String shown(@Nullable Object value) {
    var text = value instanceof String s ? "\"" + s + "\"" : String.valueOf(value);
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
