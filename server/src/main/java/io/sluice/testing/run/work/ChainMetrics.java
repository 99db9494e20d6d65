package io.sluice.testing.run.work;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.testing.run.Outcome;
import io.sluice.validation.ValidationResult;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is measured of the chain: how executions end, what comes of them, how sure validation is,
/// and how long it takes until it has looked. Depth and age of the human queue are `review`'s.
@Component
class ChainMetrics {
  /// The borders of the histogram of times from an execution's end to its validation.
  private static final Duration[] WAITS =
      IntStream.of(50, 100, 250, 500, 1000, 2500, 5000, 10_000, 60_000, 300_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

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

  /// It is known what came of an execution: the rate of success is that of `passed` and `flaky`
  /// among all. What a person decides otherwise later is counted once more.
  ///
  /// @param by `runner`, `validation` or `verdict`
  /// @param outcome null: nobody knows yet, so that nothing is counted
  void decided(String by, @Nullable Outcome outcome) {
    if (outcome != null) {
      registry.counter("sluice.test.outcomes", "by", by, "outcome", outcome.sql()).increment();
    }
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
    Timer.builder("sluice.validation.wait")
        .serviceLevelObjectives(WAITS)
        .register(registry)
        .record(Duration.ofMillis((long) (waited * 1000)));
  }
}
