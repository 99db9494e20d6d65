package io.sluice.testing.model.reading;

import io.sluice.sources.Findings;
import io.sluice.sources.Plain;
import io.sluice.sources.Pointers;
import io.sluice.testing.model.Selector;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a schema can not say of suites.
final class SuiteRules {
  private final Findings findings;
  private final TuningRules tuning;
  private final References references;

  SuiteRules(Findings findings) {
    this.findings = findings;
    this.tuning = new TuningRules(findings);
    this.references = new References(findings);
  }

  void check(Map<String, @Nullable Object> json) {
    tuning.check(json, "");
    if (!json.containsKey("cases") && !json.containsKey("select")) {
      findings.error(
          "MISSING_FIELD", "", "Nothing is chosen: write cases, or select, e.g. select: smoke");
    }
    selector(json.get("select"), "/select");
    cases(json.get("cases"));
    references.template(json.get("environment"), "/environment", Sight.of("secrets"));
    references.template(json.get("assistant"), "/assistant", assistant(json));
    var told = Plain.list(json.get("notifications"));
    for (int i = 0; i < told.size(); i++) {
      references.template(
          Plain.map(told.get(i)).get("to"), "/notifications/" + i + "/to", Sight.of("secrets"));
    }
    var rules = Plain.list(json.get("quarantine"));
    for (int i = 0; i < rules.size(); i++) {
      tuning.quarantine(rules.get(i), "/quarantine/" + i);
      selector(Plain.map(rules.get(i)).get("select"), "/quarantine/" + i + "/select");
    }
  }

  /// Variables, and what the connector fills in for each thing that is said.
  private static Sight assistant(Map<String, @Nullable Object> json) {
    return Sight.of("utterance", "conversation", "secrets")
        .knowing("env", Plain.map(json.get("environment")).keySet());
  }

  private void selector(@Nullable Object value, String at) {
    if (value instanceof String text && !text.isEmpty()) {
      try {
        Selector.of(text);
      } catch (Selector.Malformed e) {
        findings.error("BAD_SELECTOR", at, String.valueOf(e.getMessage()));
      }
    }
  }

  private void cases(@Nullable Object value) {
    var seen = new HashSet<String>();
    var list = Plain.list(value);
    for (int i = 0; i < list.size(); i++) {
      var at = Pointers.child("/cases", i);
      var entry = Plain.map(list.get(i));
      var name = list.get(i) instanceof String text ? text : Plain.text(entry.get("case"));
      if (!name.isEmpty() && !seen.add(name)) {
        findings.error("DUPLICATE_CASE", at, "'" + name + "' is named before; leave one out");
      }
      tuning.check(Plain.map(entry.get("overrides")), at + "/overrides");
    }
  }
}
