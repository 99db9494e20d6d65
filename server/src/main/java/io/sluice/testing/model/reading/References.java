package io.sluice.testing.model.reading;

import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.Reference;
import io.sluice.expression.Template;
import io.sluice.sources.Findings;
import io.sluice.sources.Nearest;
import io.sluice.sources.Plain;
import io.sluice.sources.Pointers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether expressions can be compiled, and what they read is there.
record References(Findings findings) {
  /// A field that is an expression. What is no text was found by the schema.
  void expression(@Nullable Object value, String at, Sight sight) {
    if (value instanceof String source && !source.isEmpty()) {
      compiled(at, sight, () -> Expression.of(source).references());
    }
  }

  /// Expressions, in a list or by name.
  void expressions(@Nullable Object value, String at, Sight sight) {
    var list = Plain.list(value);
    for (int i = 0; i < list.size(); i++) {
      expression(list.get(i), Pointers.child(at, i), sight);
    }
    Plain.map(value).forEach((name, below) -> expression(below, Pointers.child(at, name), sight));
  }

  /// A value with `${ … }` in its texts; each text has a place of its own.
  void template(@Nullable Object value, String at, Sight sight) {
    switch (value) {
      case String text when text.contains("${") ->
          compiled(at, sight, () -> Template.of(text).references());
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          template(list.get(i), Pointers.child(at, i), sight);
        }
      }
      case Map<?, ?> map ->
          map.forEach(
              (name, below) -> template(below, Pointers.child(at, String.valueOf(name)), sight));
      case null, default -> {}
    }
  }

  private void compiled(String at, Sight sight, Supplier<Set<Reference>> compiler) {
    Set<Reference> references;
    try {
      references = compiler.get();
    } catch (ExpressionProblem.Malformed e) {
      findings.error("BAD_EXPRESSION", at, String.valueOf(e.getMessage()));
      return;
    }
    references.stream().sorted().forEach(r -> reference(r, at, sight));
  }

  private void reference(Reference reference, String at, Sight sight) {
    if (reference.everything()) {
      findings.error(
          "WHOLE_DOCUMENT",
          at,
          "All variables at once are not given out; name what you read, e.g. row or body");
    } else if (!sight.members().containsKey(reference.root())) {
      variable(reference.root(), at, sight);
    } else {
      var known = sight.members().get(reference.root());
      var member = reference.member();
      if (known != null && member != null && !known.contains(member)) {
        member(reference.root(), member, known, at);
      }
    }
  }

  private void variable(String name, String at, Sight sight) {
    var roots = sight.members().keySet();
    switch (name) {
      case "secrets" ->
          findings.error(
              "SECRET_NOT_HERE",
              at,
              "Secrets are given only to what is sent: requests, and what is filled into a field;"
                  + " other values are recorded");
      case "args" ->
          findings.error(
              "UNKNOWN_VARIABLE", at, "'args' is there only inside of a test item with parameters");
      default ->
          findings.error(
              "UNKNOWN_VARIABLE",
              at,
              "There is no variable '"
                  + name
                  + "' here."
                  + Nearest.hint(name, roots)
                  + " There are "
                  + String.join(", ", roots.stream().sorted().toList()));
    }
  }

  private void member(String root, String member, Set<String> known, String at) {
    var said =
        switch (root) {
          case "row" -> "No data row has '" + member + "'.";
          case "values" -> "There is no value '" + member + "' in every language.";
          case "vars" -> "No step before this one extracts '" + member + "'.";
          case "args" -> "The item has no parameter '" + member + "'.";
          default -> "There is no " + root + "." + member + ".";
        };
    findings.error(
        "UNKNOWN_MEMBER",
        at,
        said
            + Nearest.hint(member, known)
            + (known.isEmpty()
                ? " There is none at all"
                : " There are " + String.join(", ", known)));
  }
}
