package io.sluice.workflow.work;

import io.sluice.engine.TenantId;
import io.sluice.workflow.Reference;
import io.sluice.workflow.model.Definition;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where executions find the definition that they follow.
interface Versions {
  /// A version of a workflow, or a definition that came with a request.
  ///
  /// @param id never changes its meaning
  /// @param workflow null: the definition came with a request
  /// @param json the definition as plain JSON
  record Found(
      UUID id,
      @Nullable UUID workflow,
      String name,
      int number,
      Definition definition,
      Map<String, @Nullable Object> json) {}

  /// The version that is meant. An alias with weights may mean one or the other.
  Found resolve(TenantId tenant, Reference which);

  /// A version by its id.
  Found get(TenantId tenant, UUID version);

  /// Keeps a definition that is in no workflow. The same again is kept once.
  ///
  /// @param source JSON or YAML
  Found keep(TenantId tenant, String source);
}
