package io.sluice.workflow;

import io.sluice.engine.TenantId;
import io.sluice.sources.Finding;
import io.sluice.sources.Source;
import io.sluice.workflow.Workflows.Edit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The door to templates. A template is named by its id or its name.
public interface WorkflowTemplates {
  /// A template.
  ///
  /// @param parameters as plain JSON, see the reading of templates
  /// @param body a definition with placeholders, as plain JSON; null in lists
  /// @param builtIn whether it comes with the server
  record View(
      UUID id,
      String name,
      @Nullable String description,
      List<Object> parameters,
      @Nullable Object body,
      boolean builtIn,
      int revision,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt) {}

  /// What became of a template.
  ///
  /// @param definition what was made of it, as plain JSON
  /// @param workflow what was created; null: nothing, it was a dry run
  record Instance(Object definition, @Nullable WorkflowView workflow, List<Finding> warnings) {}

  /// What to make of a template.
  ///
  /// @param parameters values by name
  /// @param dryRun whether nothing is created
  record Order(Map<String, @Nullable Object> parameters, boolean dryRun, String who) {}

  /// Stores a template.
  ///
  /// @param source `name`, `description`, `parameters` and `body`
  View create(TenantId tenant, Source source);

  /// Changes a template; what was made of it stays as it is.
  View update(TenantId tenant, String template, Source source, Edit edit);

  /// A template.
  View get(TenantId tenant, String template);

  /// Templates: those that come with the server, by name, then the tenant's, newest first.
  List<View> list(TenantId tenant, @Nullable UUID before, int limit);

  /// Takes a template away.
  void delete(TenantId tenant, String template, Edit edit);

  /// Makes a definition of a template, and a workflow of that.
  ///
  /// @throws WorkflowProblem.Invalid if a parameter or the definition breaks a rule
  Instance instantiate(TenantId tenant, String template, Order order);
}
