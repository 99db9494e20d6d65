package io.sluice.workflow.triggers;

import io.sluice.expression.Bounds;
import io.sluice.expression.Expressions;
import io.sluice.expression.Scope;
import io.sluice.expression.Template;
import io.sluice.workflow.triggers.model.Seen;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What users wrote into triggers and waits, compiled once.
@Component
class Filters {
  private static final int MOST = 2000;

  private final Expressions expressions = new Expressions(MOST, Bounds.DEFAULT);
  private final InstantSource clock;

  Filters(InstantSource clock) {
    this.clock = clock;
  }

  /// Whether a trigger's filter lets an event through. It sees the event's fields, and all of them
  /// as `event`, as templates do.
  ///
  /// @throws io.sluice.expression.ExpressionProblem if it does not fit the event
  boolean passes(@Nullable String filter, Seen event) {
    var fields = event.fields();
    return passes(filter, fields, fields);
  }

  /// Whether a filter lets an event through. It sees variables, and the event as `event`.
  ///
  /// @throws io.sluice.expression.ExpressionProblem if it does not fit the event
  boolean passes(
      @Nullable String filter,
      Map<String, ? extends @Nullable Object> variables,
      Map<String, @Nullable Object> event) {
    if (filter == null) {
      return true;
    }
    var document = new LinkedHashMap<String, @Nullable Object>(variables);
    document.put("event", event);
    return expressions.of(filter).test(new Scope(document, clock.instant()));
  }

  /// What a template makes of variables.
  ///
  /// @throws io.sluice.expression.ExpressionProblem if it does not fit them
  @Nullable Object render(Object template, Map<String, @Nullable Object> variables) {
    return Template.of(template, expressions::of).render(new Scope(variables, clock.instant()));
  }
}
