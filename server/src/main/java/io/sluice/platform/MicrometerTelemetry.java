package io.sluice.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.engine.JobState;
import io.sluice.engine.Telemetry;
import java.time.Duration;

/// What the engine tells, as meters.
final class MicrometerTelemetry implements Telemetry {
  private final MeterRegistry registry;

  MicrometerTelemetry(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Counts from zero as soon as the kind is known, so that an alert can tell none from unknown.
  static Counter leasesLost(MeterRegistry registry, String kind) {
    return registry.counter("sluice.job.lease.lost", Tags.of("kind", kind));
  }

  @Override
  public void ran(String queue, String kind, JobState outcome, Duration took) {
    registry
        .timer("sluice.job.run", Tags.of("queue", queue, "kind", kind, "outcome", outcome.sql()))
        .record(took);
  }

  @Override
  public void claimed(String queue, String kind, Duration waited) {
    registry.timer("sluice.job.wait", Tags.of("queue", queue, "kind", kind)).record(waited);
  }

  @Override
  public void leaseLost(String kind) {
    leasesLost(registry, kind).increment();
  }

  @Override
  public void rescued(int jobs) {
    registry.counter("sluice.job.rescued").increment(jobs);
  }

  @Override
  public void flushed(int records, Duration took) {
    registry.summary("sluice.flush.records").record(records);
    registry.timer("sluice.flush").record(took);
  }

  @Override
  public void abandoned(String kind) {
    registry.counter("sluice.job.abandoned", Tags.of("kind", kind)).increment();
  }
}
