package io.sluice.workflow.work;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What executions may cost: properties `sluice.execution.*`.
///
/// @param maxOutput of one step, as JSON
/// @param maxItems of one FOR_EACH
/// @param branchItems up to so many items run in the execution's own job, more as jobs of their own
@ConfigurationProperties("sluice.execution")
public record ExecutionLimits(
    @DefaultValue("1MB") DataSize maxOutput,
    @DefaultValue("100000") int maxItems,
    @DefaultValue("100") int branchItems) {
  /// As it is where nobody has set anything.
  public static final ExecutionLimits DEFAULT =
      new ExecutionLimits(DataSize.ofMegabytes(1), 100_000, 100);
}
