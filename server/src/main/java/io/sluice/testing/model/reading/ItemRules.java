package io.sluice.testing.model.reading;

import io.sluice.sources.Findings;
import io.sluice.sources.Plain;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a schema can not say of items.
record ItemRules(Findings findings) {
  void check(Map<String, @Nullable Object> json) {
    var names = new TreeSet<String>();
    var parameters = Plain.list(json.get("parameters"));
    for (int i = 0; i < parameters.size(); i++) {
      var at = "/parameters/" + i;
      var name = name(parameters.get(i));
      if (!name.isEmpty() && !names.add(name)) {
        findings.error(
            "DUPLICATE_PARAMETER", at, "Another parameter has the name '" + name + "' too");
      }
      var map = Plain.map(parameters.get(i));
      if (Boolean.TRUE.equals(map.get("required")) && map.containsKey("default")) {
        findings.error(
            "BAD_SHAPE", at, "has a default that nobody gets, as it is required; remove one");
      }
    }
    var sight = Sight.CELL.knowing("args", names);
    new StepRules(findings, sight, null).check(json.get("steps"), "/steps");
  }

  private static String name(@Nullable Object parameter) {
    return parameter instanceof String name ? name : Plain.text(Plain.map(parameter).get("name"));
  }
}
