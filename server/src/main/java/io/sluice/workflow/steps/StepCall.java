package io.sluice.workflow.steps;

import io.sluice.engine.JobContext;
import io.sluice.expression.Expression;
import io.sluice.expression.Scope;
import io.sluice.expression.Template;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One attempt of a step: what it works with.
///
/// @param execution whose step it is
/// @param input of that execution
/// @param job in whose scope it runs; an item's where it is one's
/// @param name of its record
/// @param step as defined
/// @param items which items of the FOR_EACHs around it, outermost first; empty outside of them
/// @param variables what its expressions see
/// @param attempt from 1
/// @param time how much it has
public record StepCall(
    UUID execution,
    ExecutionInput input,
    JobContext job,
    String name,
    Step step,
    List<Integer> items,
    Variables variables,
    int attempt,
    Time time) {

  /// What expressions take for the time.
  public Instant now() {
    return time.now();
  }

  /// What an expression sees.
  public Scope scope() {
    return variables.at(now());
  }

  /// The value of an expression.
  public @Nullable Object evaluate(Expression expression) {
    return expression.evaluate(scope());
  }

  /// The value of a template; null for none.
  public @Nullable Object render(@Nullable Template template) {
    return template == null ? null : template.render(scope());
  }

  /// The value of a template as text; null stays null.
  public @Nullable String text(@Nullable Template template) {
    return Texts.of(render(template));
  }

  /// Where it stands: the scope and name of its record, e.g. `each#items/3/approve`.
  public String path() {
    return job.scope().isEmpty() ? name : job.scope() + "/" + name;
  }

  /// How long this attempt may take; null: as long as it likes.
  public @Nullable Duration limit() {
    return time.within(step.attemptTimeout());
  }

  /// Waits in its place.
  ///
  /// @throws StepFailure if there is no time left
  public void rest(Instant until, String reason) {
    job.rest(time.within(until), reason);
    time.check();
  }

  /// The name of a record beside the step's own. Each attempt has its own.
  public String beside(String what) {
    return attempt == 1 ? name + "#" + what : name + "#" + what + "-" + attempt;
  }
}
