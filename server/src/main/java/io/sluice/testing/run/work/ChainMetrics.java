package io.sluice.testing.run.work;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.validation.ValidationResult;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// What is measured of the chain: how executions end, how sure validation is, and how long it takes
/// until it has looked. Depth and age of the human queue are `review`'s.
@Component
class ChainMetrics {
  private final MeterRegistry registry;

  ChainMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /// An execution has ended.
  ///
  /// @param outcome `undecided` while validation is to come
  void executed(String type, String status, String outcome) {
    registry
        .counter("sluice.test.executions", "type", type, "status", status, "outcome", outcome)
        .increment();
  }

  /// An execution was validated.
  ///
  /// @param waited seconds from its end
  void validated(ValidationResult result, double waited) {
    DistributionSummary.builder("sluice.validation.confidence")
        .serviceLevelObjectives(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.0)
        .register(registry)
        .record(result.confidence().doubleValue());
    registry.counter("sluice.validations", "status", result.status().sql()).increment();
    registry.timer("sluice.validation.wait").record(Duration.ofMillis((long) (waited * 1000)));
  }
}
