package io.sluice.testing.runners;

import io.sluice.expression.Template;
import io.sluice.platform.Secrets;
import io.sluice.testing.model.Expansion.Bound;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.Runner.CaseError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills in what is sent by one step: with secrets, those that it names and no others.
final class Rendering {
  private final Secrets secrets;
  private final Map<String, @Nullable Object> base;
  private final Bound bound;

  /// @param vars what earlier steps have extracted
  Rendering(Secrets secrets, ExecutionPlan plan, Bound bound, Map<String, @Nullable Object> vars) {
    this.secrets = secrets;
    this.base = plan.sending(vars);
    this.bound = bound;
    for (var arguments : bound.arguments()) {
      arguments.values().forEach(this::learn);
    }
  }

  /// A template's value.
  @Nullable Object value(Template template) {
    learn(template);
    return template.render(bound.scope(base));
  }

  /// A template's value as text; null if it has none.
  @Nullable String text(Template template) {
    var value = value(template);
    return value == null ? null : String.valueOf(value);
  }

  private void learn(Template template) {
    for (var reference : template.references()) {
      var name = reference.member();
      if (reference.root().equals("secrets") && name != null) {
        put(name);
      }
    }
  }

  private void put(String name) {
    var value =
        secrets
            .get(name)
            .orElseThrow(() ->
                new CaseError(
                    "NO_SECRET",
                    "There is no secret '%s'; set SLUICE_SECRET_%s in the server's environment"
                        .formatted(name, name.toUpperCase(Locale.ROOT).replace('-', '_')),
                    null));
    var known = new LinkedHashMap<String, @Nullable Object>();
    if (base.get("secrets") instanceof Map<?, ?> before) {
      before.forEach((key, one) -> known.put(String.valueOf(key), one));
    }
    known.put(name, value);
    base.put("secrets", known);
  }
}
