package io.sluice.testing.model.reading;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import io.sluice.sources.Fields;
import io.sluice.sources.Plain;
import io.sluice.testing.CaseType;
import io.sluice.testing.model.About;
import io.sluice.testing.model.Expected;
import io.sluice.testing.model.InLanguage;
import io.sluice.testing.model.Recording;
import io.sluice.testing.model.TestCase;
import io.sluice.testing.model.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes cases of plain JSON in which nothing is wrong.
final class CaseDecoder {
  private final Fields root;

  CaseDecoder(Map<String, @Nullable Object> json) {
    this.root = new Fields(json);
  }

  TestCase testCase() {
    var type = CaseType.of(root.text("type"));
    var languages = new LinkedHashMap<String, InLanguage>();
    root.in("languages")
        .map()
        .forEach((tag, value) -> languages.put(tag, language(Fields.of(value), type)));
    return new TestCase(
        root.text("name"),
        type,
        about(),
        languages,
        rows(root.get("parameters")),
        StepDecoder.steps(root.get("steps")),
        TuningRules.tuning(root),
        root.has("quarantine") ? TuningRules.quarantine(root.in("quarantine")) : null,
        new TestCase.People(root.flag("requiresNativeSpeaker", false), root.texts("skills")),
        root.texts("needs"));
  }

  private About about() {
    return new About(
        root.maybe("description"),
        root.texts("tags"),
        root.number("priority", About.PRIORITY),
        root.texts("preconditions"),
        root.texts("postconditions"));
  }

  static List<Map<String, @Nullable Object>> rows(@Nullable Object rows) {
    return Plain.list(rows).stream().map(Plain::map).toList();
  }

  private static InLanguage language(Fields json, CaseType type) {
    return new InLanguage(
        type == CaseType.VOICE ? turns(json) : List.of(),
        type != CaseType.VOICE && json.has("expect") ? expected(json.in("expect")) : null,
        json.in("values").map(),
        json.has("parameters") ? rows(json.get("parameters")) : null,
        json.has("assistant") ? json.in("assistant").map() : null);
  }

  private static List<Turn> turns(Fields json) {
    return json.has("turns")
        ? json.all("turns").stream().map(CaseDecoder::turn).toList()
        : List.of(turn(json));
  }

  private static Turn turn(Fields json) {
    var recording = json.in("recording");
    return new Turn(
        json.maybeTemplate("utterance"),
        json.has("recording")
            ? new Recording(
                recording.maybe("file"), recording.maybe("sha256"), recording.maybe("base64"))
            : null,
        json.has("expect") ? expected(json.in("expect")) : Expected.NOTHING);
  }

  private static Expected expected(Fields json) {
    var replies =
        json.has("reply") ? List.of(json.template("reply")) : json.templateList("replies");
    var phrases =
        new Expected.Phrases(
            json.templateList("required"), json.templateList("forbidden"), json.texts("patterns"));
    var errors = json.get("maxWordErrorRate") instanceof Number rate ? rate.doubleValue() : null;
    return new Expected(
        json.maybeTemplate("intent"),
        json.maybeTemplate("entities"),
        json.texts("optional"),
        replies,
        phrases,
        new Expected.Limits(json.duration("maxLatency"), errors),
        json.texts("assertions").stream().map(Expression::of).toList(),
        json.has("rubric") ? Template.of(json.text("rubric")) : null);
  }
}
