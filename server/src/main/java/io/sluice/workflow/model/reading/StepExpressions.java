package io.sluice.workflow.model.reading;

import io.sluice.sources.Plain;
import io.sluice.workflow.model.reading.Outline.Node;
import io.sluice.workflow.model.reading.Outline.Use;
import io.sluice.workflow.model.reading.ReferenceCheck.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the expressions of a definition stand, and what each of them sees.
final class StepExpressions {
  private static final Set<String> MAY_HAVE_SECRETS =
      Set.of("HTTP_REQUEST", "WEBHOOK_CALL", "FUNCTION_CALL");

  private final ReferenceCheck check;
  private final Sights sights;

  StepExpressions(ReferenceCheck check, Sights sights) {
    this.check = check;
    this.sights = sights;
  }

  void definition(Map<String, @Nullable Object> raw, Outline outline) {
    var context = Sight.BEGIN.without("context", "steps");
    check.template(raw.get("context"), new Place("/context", null, context));
    var end =
        outline.sections().stream()
            .filter(s -> s.use() == Use.MAIN)
            .findFirst()
            .map(sights::behind)
            .orElse(Sight.BEGIN);
    check.template(raw.get("output"), new Place("/output", null, end));
    outline.steps().forEach(this::step);
  }

  private void step(Node step) {
    var place = new Place(step.pointer(), step, sights.of(step));
    var raw = step.raw();
    check.expression(raw.get("condition"), place.child("condition"));
    check.expression(
        Plain.map(raw.get("retry")).get("when"),
        place.child("retry").child("when").seeing(Sight.ATTEMPT));
    var own = place.sight().after(List.of(step.id()));
    check.template(raw.get("output"), place.child("output").seeing(own));
    check.template(
        Plain.map(raw.get("onError")).get("output"),
        place
            .child("onError")
            .child("output")
            .seeing(sights.behind(step, Use.ON_ERROR).with("error")));
    var secret =
        MAY_HAVE_SECRETS.contains(step.type()) ? place.sight().with("secrets") : place.sight();
    config(step, place.child("config").seeing(secret));
  }

  private void config(Node step, Place place) {
    var config = step.config();
    switch (step.type()) {
      case "HTTP_REQUEST" -> {
        templates(config, place, Set.of("extract"));
        each(config.get("extract"), place.child("extract").seeing(Sight.RESPONSE));
      }
      case "DATA_TRANSFORM" -> {
        check.expression(config.get("expression"), place.child("expression"));
        check.template(config.get("input"), place.child("input"));
      }
      case "CONDITIONAL" -> conditions(config, place);
      case "FOR_EACH" -> {
        check.expression(config.get("items"), place.child("items"));
        var behind = sights.behind(step, Use.LOOP).with("item", "index");
        check.template(config.get("output"), place.child("output").seeing(behind));
      }
      case "WAIT" -> {
        templates(config, place, Set.of("event"));
        var filter = place.child("event").child("filter");
        check.expression(
            Plain.map(config.get("event")).get("filter"),
            filter.seeing(place.sight().with("event")));
      }
      case "VALIDATION" -> validation(config, place);
      case "WEBHOOK_CALL", "FUNCTION_CALL", "SUB_WORKFLOW" -> templates(config, place, Set.of());
      case "HUMAN_TASK" -> templates(config, place, Set.of("form"));
      default -> {}
    }
  }

  private void templates(Map<String, @Nullable Object> config, Place place, Set<String> but) {
    config.forEach((name, value) -> {
      if (!but.contains(name)) {
        check.template(value, place.child(name));
      }
    });
  }

  private void each(@Nullable Object expressions, Place place) {
    Plain.map(expressions).forEach((name, value) -> check.expression(value, place.child(name)));
  }

  private void conditions(Map<String, @Nullable Object> config, Place place) {
    var branches = Plain.list(config.get("branches"));
    for (int i = 0; i < branches.size(); i++) {
      check.expression(
          Plain.map(branches.get(i)).get("when"), place.child("branches").child(i).child("when"));
    }
  }

  private void validation(Map<String, @Nullable Object> config, Place place) {
    check.template(config.get("data"), place.child("data"));
    check.template(config.get("review"), place.child("review"));
    var rules = Plain.list(config.get("rules"));
    for (int i = 0; i < rules.size(); i++) {
      var rule = Plain.map(rules.get(i));
      var at = place.child("rules").child(i).seeing(place.sight().with("data"));
      check.expression(rule.get("when"), at.child("when"));
      check.expression(rule.get("assert"), at.child("assert"));
      check.template(rule.get("message"), at.child("message"));
    }
  }
}
