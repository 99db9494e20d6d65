package io.sluice.testing.runners;

import io.sluice.validation.Observation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the steps of a case have extracted. Four names are what validation looks at: `transcript`,
/// `intent`, `entities`, `reply`.
final class Extracted {
  private final Map<String, @Nullable Object> vars = new LinkedHashMap<>();

  Map<String, @Nullable Object> vars() {
    return vars;
  }

  void put(String name, @Nullable Object value) {
    vars.put(name, value);
  }

  /// What came out of all steps.
  ///
  /// @param body of the last answer
  Observation observed(Duration took, @Nullable Object body) {
    return new Observation(
        text("transcript"), text("intent"), entities(), text("reply"), took, body);
  }

  private @Nullable String text(String name) {
    var value = vars.get(name);
    return value == null ? null : String.valueOf(value);
  }

  private Map<String, @Nullable Object> entities() {
    var out = new LinkedHashMap<String, @Nullable Object>();
    if (vars.get("entities") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> out.put(String.valueOf(name), value));
    }
    return out;
  }
}
