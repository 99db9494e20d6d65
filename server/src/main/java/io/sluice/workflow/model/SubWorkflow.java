package io.sluice.workflow.model;

import io.sluice.expression.Template;
import org.jspecify.annotations.Nullable;

/// Executes another workflow.
///
/// @param workflow its name
/// @param version of it; null: see alias
/// @param alias of it; null, and no version either: its latest version
/// @param input what it is given; null: nothing
/// @param waits `wait`: whether the step ends with the execution; if not, its output names the
///   execution
public record SubWorkflow(
    String workflow,
    @Nullable Integer version,
    @Nullable String alias,
    @Nullable Template input,
    boolean waits)
    implements Config {
  @Override
  public StepType type() {
    return StepType.SUB_WORKFLOW;
  }
}
