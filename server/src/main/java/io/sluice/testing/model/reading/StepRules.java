package io.sluice.testing.model.reading;

import io.sluice.expression.ExpressionProblem;
import io.sluice.sources.Findings;
import io.sluice.sources.JsonSchema;
import io.sluice.sources.Plain;
import io.sluice.sources.Pointers;
import io.sluice.testing.model.JsonPath;
import io.sluice.testing.model.StatusRange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a schema can not say of steps: commands, expressions, URLs, schemas within.
final class StepRules {
  /// What a step is; also what cases of that type have.
  enum Sort {
    HTTP,
    BROWSER,
    WORKFLOW,
    MANUAL,
    ITEM;

    static Sort of(@Nullable Object step) {
      var map = Plain.map(step);
      return map.containsKey("item")
          ? ITEM
          : map.containsKey("workflow")
              ? WORKFLOW
              : map.containsKey("instruction")
                  ? MANUAL
                  : map.containsKey("url") || map.containsKey("method") ? HTTP : BROWSER;
    }

    String words() {
      return switch (this) {
        case HTTP -> "a request";
        case BROWSER -> "a command to a browser";
        case WORKFLOW -> "a workflow";
        case MANUAL -> "something for a person";
        case ITEM -> "a test item";
      };
    }
  }

  private final Findings findings;
  private final References references;
  private final Sight base;

  /// What steps so far have extracted; null: nobody knows, as an item may have.
  private @Nullable Set<String> vars;

  /// @param vars null: steps that stand elsewhere may have extracted anything
  StepRules(Findings findings, Sight base, @Nullable Set<String> vars) {
    this.findings = findings;
    this.references = new References(findings);
    this.base = base;
    this.vars = vars;
  }

  void check(@Nullable Object steps, String at) {
    var list = Plain.list(steps);
    for (int i = 0; i < list.size(); i++) {
      step(list.get(i), Pointers.child(at, i));
    }
  }

  private void step(@Nullable Object step, String at) {
    var map = Plain.map(step);
    var sight = base.maybeKnowing("vars", vars);
    switch (Sort.of(step)) {
      case ITEM -> {
        references.template(map.get("arguments"), at + "/arguments", sight);
        vars = null;
      }
      case WORKFLOW -> workflow(map, at, sight);
      case MANUAL -> {
        references.template(map.get("instruction"), at + "/instruction", sight);
        references.template(map.get("expect"), at + "/expect", sight);
      }
      case HTTP -> http(map, at, sight);
      case BROWSER -> browser(step, at, sight);
    }
  }

  private void http(Map<String, @Nullable Object> step, String at, Sight sight) {
    var sent = sight.with("secrets");
    for (var name : List.of("url", "headers", "query", "body", "auth")) {
      references.template(step.get(name), Pointers.child(at, name), sent);
    }
    url(step.get("url"), at + "/url");
    positive(step.get("timeout"), at + "/timeout");
    statuses(Plain.map(step.get("expect")).get("status"), at + "/expect/status");
    references.template(
        Plain.map(step.get("expect")).get("headers"), at + "/expect/headers", sight);
    outcome(step, at, sight.with("status", "headers", "body", "timeMs"));
  }

  private void workflow(Map<String, @Nullable Object> step, String at, Sight sight) {
    references.template(step.get("input"), at + "/input", sight.with("secrets"));
    outcome(step, at, sight.with("status", "output", "error", "timeMs"));
  }

  /// What requests and workflows have in common.
  private void outcome(Map<String, @Nullable Object> step, String at, Sight sight) {
    references.expressions(step.get("extract"), at + "/extract", sight);
    var expect = Plain.map(step.get("expect"));
    references.expressions(expect.get("assertions"), at + "/expect/assertions", sight);
    Plain.map(expect.get("jsonPath"))
        .forEach((path, value) -> {
          var place = Pointers.child(at + "/expect/jsonPath", path);
          if (JsonPath.read(path).isEmpty()) {
            findings.error(
                "BAD_PATH",
                place,
                "'" + path + "' is no path: write e.g. $.items[0].name, $.items[*].id, $['a b']");
          }
          references.template(value, place, sight);
        });
    schema(expect.get("schema"), at + "/expect/schema");
    positive(expect.get("maxTime"), at + "/expect/maxTime");
    if (vars != null) {
      var more = new TreeSet<>(vars);
      more.addAll(Plain.map(step.get("extract")).keySet());
      vars = more;
    }
  }

  private void schema(@Nullable Object value, String at) {
    if (value instanceof Map<?, ?>) {
      for (var fault : JsonSchema.faults(Plain.map(value))) {
        findings.error(
            "BAD_SCHEMA", at + fault.pointer(), "is no JSON Schema (2020-12): " + fault.message());
      }
    }
  }

  private void statuses(@Nullable Object value, String at) {
    var list = Plain.list(value);
    for (int i = 0; i < list.size(); i++) {
      status(list.get(i), Pointers.child(at, i));
    }
    status(value, at);
  }

  private void status(@Nullable Object value, String at) {
    if (value instanceof String text && text.contains("-") && StatusRange.read(text).isEmpty()) {
      findings.error("BAD_FORMAT", at, "runs backwards; swap the two");
    }
  }

  private void positive(@Nullable Object value, String at) {
    new TuningRules(findings).positive(value, at);
  }

  /// What stands before the first `${` can be looked at.
  private void url(@Nullable Object value, String at) {
    var url = Plain.text(value);
    int hole = url.indexOf("${");
    var fixed = hole < 0 ? url : url.substring(0, hole);
    if (fixed.isEmpty()) {
      return;
    }
    if (!fixed.matches("(?i)https?://.*") && !(hole > 0 && "https://".startsWith(fixed))) {
      findings.error(
          "BAD_URL", at, "must be an absolute URL, as https://host/path or ${env.BASE_URL}/path");
    } else if (fixed.matches("(?i)https?://[^/?#]*@.*")) {
      findings.error("BAD_URL", at, "has a user or password in it; say them in auth, from secrets");
    }
  }

  private void browser(@Nullable Object step, String at, Sight sight) {
    var map = Plain.map(step);
    var verb = Commands.verb(map);
    if (step instanceof String text) {
      command(() -> Commands.read(text), at);
      references.template(
          text, at, text.strip().startsWith("fill ") ? sight.with("secrets") : sight);
    } else if (verb != null) {
      onlyOne(map, at);
      command(() -> StepDecoder.command(map), Pointers.child(at, verb));
      map.forEach((name, value) ->
          references.template(
              value,
              Pointers.child(at, name),
              name.equals("with") ? sight.with("secrets") : sight));
    }
  }

  private void onlyOne(Map<String, @Nullable Object> step, String at) {
    var verbs = Commands.VERBS.stream().filter(step::containsKey).toList();
    if (verbs.size() > 1) {
      findings.error(
          "BAD_COMMAND", at, "has " + String.join(" and ", verbs) + "; one step has one command");
    }
  }

  private void command(Runnable reading, String at) {
    try {
      reading.run();
    } catch (Commands.Malformed e) {
      findings.error("BAD_COMMAND", at, String.valueOf(e.getMessage()));
    } catch (ExpressionProblem.Malformed e) {
      // References say so, with the place.
    }
  }
}
