package io.sluice.workflow;

import io.sluice.engine.TenantId;
import io.sluice.sources.Finding;
import io.sluice.sources.Source;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The door to definitions. A workflow is named by its id or its name.
public interface Workflows {
  /// What became of a definition.
  ///
  /// @param changed false if it is the one that was the latest already: there is no new version
  /// @param warnings what might be a mistake
  record Saved(WorkflowView workflow, boolean changed, List<Finding> warnings) {}

  /// Whether a text is a definition.
  record Checked(boolean valid, List<Finding> errors, List<Finding> warnings) {}

  /// Which workflows.
  ///
  /// @param name a part of their name; null: any
  /// @param labels that they have, with these values; null as value: with any
  record Filter(@Nullable String name, Map<String, @Nullable String> labels) {}

  /// Checks a definition and keeps nothing.
  Checked validate(Source source);

  /// The JSON Schema of definitions.
  Object schema();

  /// Makes a workflow with version 1; or does nothing if one of that name has this definition.
  ///
  /// @throws WorkflowProblem.Invalid if the definition breaks a rule
  /// @throws WorkflowProblem.NameTaken if one of that name has another definition
  Saved create(TenantId tenant, Source source, String who);

  /// Makes a new version, if the definition is another one than the latest.
  ///
  /// @throws WorkflowProblem.Stale if it is another one now
  Saved update(TenantId tenant, String workflow, Source source, Edit edit);

  /// Who changes something, having seen what.
  ///
  /// @param expected the number that the caller has seen; null: whatever it is
  record Edit(String who, @Nullable Integer expected) {}

  /// A workflow with its latest definition.
  ///
  /// @throws WorkflowProblem.Unknown if there is none
  WorkflowView get(TenantId tenant, String workflow);

  /// Workflows, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<WorkflowView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit);

  /// Takes a workflow away. What runs goes on; the name is free again.
  void delete(TenantId tenant, String workflow, Edit edit);
}
