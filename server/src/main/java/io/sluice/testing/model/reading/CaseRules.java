package io.sluice.testing.model.reading;

import io.sluice.sources.Findings;
import io.sluice.sources.Plain;
import io.sluice.sources.Pointers;
import io.sluice.testing.CaseType;
import io.sluice.testing.model.reading.StepRules.Sort;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a schema can not say of cases.
final class CaseRules {
  private static final List<String> SPOKEN = List.of("utterance", "recording", "turns");

  private final Findings findings;

  CaseRules(Findings findings) {
    this.findings = findings;
  }

  void check(Map<String, @Nullable Object> json) {
    var type = type(json.get("type"));
    var tuning = new TuningRules(findings);
    tuning.check(json, "");
    tuning.quarantine(json.get("quarantine"), "/quarantine");
    if (type == null) {
      return;
    }
    var languages = Plain.map(json.get("languages"));
    if (type == CaseType.VOICE) {
      voice(json, languages);
    } else {
      acted(json, type, languages);
    }
    languages.forEach((tag, value) -> language(json, type, tag, Plain.map(value)));
  }

  private static @Nullable CaseType type(@Nullable Object value) {
    return Arrays.stream(CaseType.values())
        .filter(t -> t.sql().equals(value))
        .findFirst()
        .orElse(null);
  }

  private void voice(Map<String, @Nullable Object> json, Map<String, @Nullable Object> languages) {
    if (json.containsKey("steps")) {
      findings.error(
          "NOT_HERE", "/steps", "A voice case has no steps; write turns below each language");
    }
    if (languages.isEmpty() && !json.containsKey("languages")) {
      findings.error(
          "MISSING_FIELD",
          "/languages",
          "The field 'languages' is missing: what is said in each language, e.g. en-US: {utterance:"
              + " …, expect: …}");
    }
  }

  private void acted(
      Map<String, @Nullable Object> json, CaseType type, Map<String, @Nullable Object> languages) {
    if (!json.containsKey("steps")) {
      findings.error(
          "MISSING_FIELD",
          "/steps",
          "The field 'steps' is missing: what is done, one after the other");
    }
    var steps = Plain.list(json.get("steps"));
    for (int i = 0; i < steps.size(); i++) {
      fits(steps.get(i), type, "/steps/" + i);
    }
    new StepRules(findings, sight(json, null), Set.of()).check(json.get("steps"), "/steps");
    languages.forEach((tag, value) -> {
      for (var name : SPOKEN) {
        if (Plain.map(value).containsKey(name)) {
          findings.error(
              "NOT_HERE",
              Pointers.child(Pointers.child("/languages", tag), name),
              "Only voice cases say something; this one has steps");
        }
      }
    });
  }

  /// A browser may need a request to make ready what it looks at.
  private void fits(@Nullable Object step, CaseType type, String at) {
    var sort = Sort.of(step);
    boolean isNone =
        sort == Sort.BROWSER && !(step instanceof String) && Commands.verb(Plain.map(step)) == null;
    boolean fits =
        isNone
            || sort == Sort.ITEM
            || sort.name().equals(type.name())
            || sort == Sort.HTTP && (type == CaseType.BROWSER || type == CaseType.WORKFLOW);
    if (!fits) {
      findings.error(
          "STEP_NOT_HERE",
          at,
          "This step is " + sort.words() + ", which a case of type " + type.sql() + " can not do");
    }
  }

  private void language(
      Map<String, @Nullable Object> json,
      CaseType type,
      String tag,
      Map<String, @Nullable Object> value) {
    var at = Pointers.child("/languages", tag);
    var expectations = new ExpectRules(findings, sight(json, value));
    if (type != CaseType.VOICE) {
      expectations.check(value.get("expect"), at + "/expect");
      return;
    }
    var turns = Plain.list(value.get("turns"));
    if (value.containsKey("turns")) {
      if (value.containsKey("utterance")
          || value.containsKey("recording")
          || value.containsKey("expect")) {
        findings.error(
            "BAD_SHAPE", at, "has turns, so that utterance, recording and expect belong into them");
      }
    } else {
      turns = List.of(value);
    }
    boolean expected = false;
    for (int i = 0; i < turns.size(); i++) {
      var turn = Plain.map(turns.get(i));
      expectations.turn(turn, value.containsKey("turns") ? at + "/turns/" + i : at);
      expected |= !Plain.map(turn.get("expect")).isEmpty();
    }
    if (!expected) {
      findings.error(
          "NOTHING_EXPECTED",
          at,
          "Nothing is expected in this language, so that nothing could fail; write expect: with an"
              + " intent, entities, a reply or a check");
    }
  }

  /// What templates may read.
  ///
  /// @param language the language they stand in; null: steps, for all languages
  private static Sight sight(
      Map<String, @Nullable Object> json, @Nullable Map<String, @Nullable Object> language) {
    var sight = Sight.CELL.knowing("row", columns(json));
    var languages = Plain.map(json.get("languages")).values();
    return sight.knowing(
        "values", language != null ? names(language.get("values")) : common(languages));
  }

  private static Set<String> columns(Map<String, @Nullable Object> json) {
    var columns = new TreeSet<String>();
    Plain.list(json.get("parameters")).forEach(row -> columns.addAll(names(row)));
    Plain.map(json.get("languages"))
        .values()
        .forEach(l ->
            Plain.list(Plain.map(l).get("parameters")).forEach(row -> columns.addAll(names(row))));
    return columns;
  }

  private static Set<String> common(Iterable<@Nullable Object> languages) {
    Set<String> common = null;
    for (var language : languages) {
      var names = names(Plain.map(language).get("values"));
      if (common == null) {
        common = new TreeSet<>(names);
      } else {
        common.retainAll(names);
      }
    }
    return common == null ? Set.of() : common;
  }

  private static Set<String> names(@Nullable Object map) {
    return Plain.map(map).keySet();
  }
}
