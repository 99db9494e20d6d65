package io.sluice.workflow.steps;

import io.sluice.engine.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Stored transformation rules.
@FunctionalInterface
public interface RuleBook {
  /// What a rule makes of a value.
  ///
  /// @throws StepFailure `UNKNOWN_RULE` if there is none
  @Nullable Object apply(Asked asked, @Nullable Object input);

  /// Which rule.
  ///
  /// @param version null: the newest
  /// @param now what it takes for the time
  record Asked(TenantId tenant, String rule, @Nullable Integer version, Instant now) {}
}
