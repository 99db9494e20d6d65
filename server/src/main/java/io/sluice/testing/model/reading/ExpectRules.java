package io.sluice.testing.model.reading;

import io.sluice.sources.Findings;
import io.sluice.sources.Nearest;
import io.sluice.sources.Plain;
import io.sluice.sources.Pointers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What a schema can not say of turns and of what is expected.
final class ExpectRules {
  private static final List<String> TEMPLATES =
      List.of("intent", "entities", "reply", "replies", "required", "forbidden", "rubric");

  private final Findings findings;
  private final References references;
  private final Sight sight;

  ExpectRules(Findings findings, Sight sight) {
    this.findings = findings;
    this.references = new References(findings);
    this.sight = sight;
  }

  void turn(Map<String, @Nullable Object> turn, String at) {
    if (!turn.containsKey("utterance") && !turn.containsKey("recording")) {
      findings.error(
          "MISSING_FIELD", at, "Nothing is said: write an utterance, or name a recording");
    }
    references.template(turn.get("utterance"), at + "/utterance", sight);
    if (turn.get("recording") instanceof Map<?, ?>) {
      recording(Plain.map(turn.get("recording")), at + "/recording");
    }
    check(turn.get("expect"), at + "/expect");
    if (Plain.map(turn.get("expect")).containsKey("maxWordErrorRate")
        && !turn.containsKey("utterance")) {
      findings.error(
          "BAD_SHAPE",
          at + "/expect/maxWordErrorRate",
          "needs to know what is said in the recording; write it as utterance");
    }
  }

  private void recording(Map<String, @Nullable Object> recording, String at) {
    boolean file = recording.containsKey("file");
    boolean inside = recording.containsKey("base64");
    if (file == inside || recording.containsKey("sha256") && !file) {
      findings.error("BAD_RECORDING", at, "must have either file, and sha256 with it, or base64");
    }
    var path = Plain.text(recording.get("file"));
    if (file
        && (path.startsWith("/") || path.contains("\\") || List.of(path.split("/")).contains(""))) {
      findings.error("BAD_RECORDING", at + "/file", "must be a relative path with slashes");
    }
    var bytes = Plain.text(recording.get("base64"));
    if (!bytes.isEmpty() && !isWav(bytes)) {
      findings.error("BAD_RECORDING", at + "/base64", "is no WAV file in base64");
    }
  }

  private static boolean isWav(String base64) {
    try {
      return Wav.is(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  void check(@Nullable Object value, String at) {
    var expect = Plain.map(value);
    for (var name : TEMPLATES) {
      references.template(expect.get(name), Pointers.child(at, name), sight);
    }
    references.expressions(
        expect.get("assertions"),
        at + "/assertions",
        sight.with("transcript", "intent", "entities", "reply", "latencyMs", "body"));
    patterns(expect.get("patterns"), at + "/patterns");
    optional(expect, at + "/optional");
    new TuningRules(findings).positive(expect.get("maxLatency"), at + "/maxLatency");
    if (expect.containsKey("reply") && expect.containsKey("replies")) {
      findings.error("BAD_SHAPE", at, "has both reply and replies; put all into replies");
    }
  }

  private void patterns(@Nullable Object value, String at) {
    var list = Plain.list(value);
    for (int i = 0; i < list.size(); i++) {
      try {
        Pattern.compile(Plain.text(list.get(i)));
      } catch (PatternSyntaxException e) {
        findings.error(
            "BAD_FORMAT", Pointers.child(at, i), "is no regular expression: " + e.getDescription());
      }
    }
  }

  private void optional(Map<String, @Nullable Object> expect, String at) {
    var known = Plain.map(expect.get("entities")).keySet();
    var list = Plain.list(expect.get("optional"));
    for (int i = 0; i < list.size(); i++) {
      var name = Plain.text(list.get(i));
      if (!name.isEmpty() && !known.contains(name)) {
        findings.error(
            "UNKNOWN_ENTITY",
            Pointers.child(at, i),
            "No entity '"
                + name
                + "' is expected, so that it can not be optional."
                + Nearest.hint(name, known));
      }
    }
  }
}
