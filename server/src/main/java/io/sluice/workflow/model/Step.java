package io.sluice.workflow.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step of a definition.
///
/// @param id unique in the whole definition
/// @param name for people; null: the id
/// @param type what it does
/// @param config how; of the record that belongs to the type
/// @param dependsOn ids of steps of the same block that must end before
/// @param condition whether it runs; null: always. A step that does not run is skipped: its output
///   is null, and those that depend on it run
/// @param retry what is tried again; null: nothing
/// @param timeout how long it may take with all its attempts; null: as long as it likes
/// @param attemptTimeout how long one attempt may take; null: see its type
/// @param onError what follows from its failure
/// @param compensate steps that undo it, run in reverse order of completion when the execution
///   fails
/// @param output what it gives, made of what it got: sees its own raw output as `steps.ID.output`;
///   null: what its type says
public record Step(
    String id,
    @Nullable String name,
    StepType type,
    Config config,
    List<String> dependsOn,
    @Nullable Expression condition,
    @Nullable Retry retry,
    @Nullable Duration timeout,
    @Nullable Duration attemptTimeout,
    OnError onError,
    List<Step> compensate,
    @Nullable Template output) {

  /// The name that people see.
  public String title() {
    return name == null ? id : name;
  }
}
