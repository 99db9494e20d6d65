package io.sluice.workflow.work;

import io.sluice.engine.TenantId;
import io.sluice.workflow.WorkflowProblem;
import io.sluice.workflow.model.Rule;
import org.jspecify.annotations.Nullable;

/// Stored rules, for those who execute steps.
public interface StoredRules {
  /// A rule, ready to be applied.
  ///
  /// @param version null: the latest
  /// @throws WorkflowProblem.Unknown if there is none
  Rule rule(TenantId tenant, String name, @Nullable Integer version);
}
