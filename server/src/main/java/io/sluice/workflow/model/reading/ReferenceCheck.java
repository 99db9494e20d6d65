package io.sluice.workflow.model.reading;

import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.Reference;
import io.sluice.expression.Template;
import io.sluice.sources.Findings;
import io.sluice.sources.Nearest;
import io.sluice.sources.Pointers;
import io.sluice.workflow.model.reading.Outline.Node;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether what an expression refers to is there when it is evaluated.
final class ReferenceCheck {
  /// Where an expression stands.
  ///
  /// @param step the step it belongs to; null: the definition
  record Place(String pointer, @Nullable Node step, Sight sight) {
    Place child(String name) {
      return new Place(Pointers.child(pointer, name), step, sight);
    }

    Place child(int index) {
      return new Place(Pointers.child(pointer, index), step, sight);
    }

    Place seeing(Sight other) {
      return new Place(pointer, step, other);
    }
  }

  private final Map<String, Node> steps;
  private final Findings findings;

  ReferenceCheck(Outline outline, Findings findings) {
    this.steps =
        outline.steps().stream()
            .collect(Collectors.toMap(Node::id, Function.identity(), (a, _) -> a));
    this.findings = findings;
  }

  /// A field that is an expression. What is no text was found by the schema.
  void expression(@Nullable Object value, Place place) {
    if (value instanceof String source && !source.isEmpty()) {
      compiled(place, () -> Expression.of(source).references());
    }
  }

  /// A value with `${ … }` in its texts; each text has a place of its own.
  void template(@Nullable Object value, Place place) {
    switch (value) {
      case String text when text.contains("${") ->
          compiled(place, () -> Template.of(text).references());
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          template(list.get(i), place.child(i));
        }
      }
      case Map<?, ?> map ->
          map.forEach((name, below) -> template(below, place.child(String.valueOf(name))));
      case null, default -> {}
    }
  }

  private interface Compiler {
    Set<Reference> references();
  }

  private void compiled(Place place, Compiler compiler) {
    Set<Reference> references;
    try {
      references = compiler.references();
    } catch (ExpressionProblem.Malformed e) {
      findings.error("BAD_EXPRESSION", place.pointer(), String.valueOf(e.getMessage()));
      return;
    }
    references.stream().sorted().forEach(r -> reference(r, place));
  }

  private void reference(Reference reference, Place place) {
    var roots = place.sight().roots();
    if (reference.everything()) {
      // A response or an attempt may be taken as a whole: there is no secret in it.
      if (roots.contains("input")) {
        findings.error(
            "WHOLE_DOCUMENT",
            place.pointer(),
            "All variables at once are not given out; name what you read, e.g. input or"
                + " steps.ID.output");
      }
    } else if (!roots.contains(reference.root())) {
      variable(reference.root(), place);
    } else if (reference.root().equals("steps")) {
      step(reference.member(), place);
    }
  }

  private void variable(String name, Place place) {
    var at = place.pointer();
    switch (name) {
      case "item", "index" ->
          findings.error(
              "ITEM_OUTSIDE_LOOP",
              at,
              "'" + name + "' is there only inside of a FOR_EACH step; this is in none");
      case "secrets" ->
          findings.error(
              "SECRET_NOT_HERE",
              at,
              "Secrets are given only to HTTP_REQUEST, WEBHOOK_CALL and FUNCTION_CALL, because other"
                  + " values are recorded");
      case "error" ->
          findings.error(
              "ERROR_OUTSIDE_HANDLER", at, "'error' is there only in onError and compensate");
      default ->
          findings.error(
              "UNKNOWN_VARIABLE",
              at,
              "There is no variable '"
                  + name
                  + "' here."
                  + Nearest.hint(name, place.sight().roots())
                  + " There are "
                  + place.sight().roots().stream().sorted().collect(Collectors.joining(", ")));
    }
  }

  private void step(@Nullable String id, Place place) {
    if (id == null) {
      findings.error(
          "ALL_STEPS", place.pointer(), "Name the steps that you read, as steps.ID.output");
    } else if (!steps.containsKey(id)) {
      findings.error(
          "UNKNOWN_STEP",
          place.pointer(),
          "There is no step '" + id + "'." + Nearest.hint(id, steps.keySet()));
    } else if (!place.sight().steps().contains(id)) {
      findings.error(
          "NOT_AN_ANCESTOR", place.pointer(), why(Objects.requireNonNull(steps.get(id)), place));
    }
  }

  private static String why(Node target, Place place) {
    var said = "Step '" + target.id() + "' is not certain to have ended here";
    if (place.step() == null) {
      return said + "; only steps of the definition's own list are";
    }
    if (target.id().equals(place.step().id())) {
      return "Step '" + target.id() + "' has no output before it has run";
    }
    for (Node at = place.step(); at != null; at = at.section().owner()) {
      if (at.id().equals(target.id())) {
        return "Step '"
            + target.id()
            + "' has no output here: this runs inside of it, or in its place";
      }
      if (at.section().pointer().equals(target.section().pointer())) {
        return said + "; add '" + target.id() + "' to dependsOn of '" + at.id() + "'";
      }
    }
    for (Node at = target.section().owner(); at != null; at = at.section().owner()) {
      if (place.sight().steps().contains(at.id())) {
        return said + ": it lies inside of '" + at.id() + "'; use steps." + at.id() + ".output";
      }
    }
    return said + ": it lies in another list";
  }
}
