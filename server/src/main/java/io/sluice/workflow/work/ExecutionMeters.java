package io.sluice.workflow.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionStatus;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/// Executions as meters of this node. What is told of each workflow is counted in the database:
/// names of workflows are too many for meters.
@Component
class ExecutionMeters {
  private final MeterRegistry registry;
  private final InstantSource clock;

  ExecutionMeters(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /// So many were started.
  void started(String trigger, int count) {
    registry.counter("sluice.execution.started", Tags.of("trigger", trigger)).increment(count);
  }

  /// One has ended here.
  void ended(ExecutionInput input, ExecutionStatus status) {
    var took = Duration.between(input.startedAt(), clock.instant());
    registry
        .timer("sluice.execution", Tags.of("status", status.sql()))
        .record(took.isNegative() ? Duration.ZERO : took);
  }
}
