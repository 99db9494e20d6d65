package io.sluice.workflow.model;

import io.sluice.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Waits for a person to fill in a form, in the review queue or by a signal. Gives what was filled
/// in.
///
/// @param title what is to be done
/// @param description more about it; null: nothing
/// @param form a JSON Schema of the answer, as plain JSON
/// @param assignees who may do it; each renders to a name
/// @param candidateGroups groups whose members may take it
/// @param audience who may take it from the review queue
/// @param timeout how long it waits; null: for ever
/// @param onTimeout what happens then
public record HumanTask(
    Template title,
    @Nullable Template description,
    Map<String, @Nullable Object> form,
    List<Template> assignees,
    List<Template> candidateGroups,
    Audience audience,
    @Nullable Duration timeout,
    OnTimeout onTimeout)
    implements Config {
  @Override
  public StepType type() {
    return StepType.HUMAN_TASK;
  }
}
