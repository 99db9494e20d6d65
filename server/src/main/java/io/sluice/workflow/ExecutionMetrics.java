package io.sluice.workflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How executions that were created in a span of time went.
///
/// @param to not included
/// @param counts by status
/// @param successRate completed of all that have ended; null if none has
/// @param durations of those that completed
/// @param retries of steps, and of whole executions
/// @param buckets the span in equal parts, oldest first
/// @param steps in the order of their first start
/// @param causes why executions failed, most frequent first
/// @param sampled whether there were more than were looked at: numbers are of the newest then
public record ExecutionMetrics(
    Instant from,
    Instant to,
    Map<String, Long> counts,
    @Nullable Double successRate,
    Durations durations,
    long retries,
    List<Bucket> buckets,
    List<StepMetrics> steps,
    List<Cause> causes,
    boolean sampled) {

  /// Percentiles; null if there are none.
  public record Durations(
      @Nullable Double p50Millis, @Nullable Double p95Millis, @Nullable Double p99Millis) {
    /// Of nothing.
    public static final Durations NONE = new Durations(null, null, null);
  }

  /// A part of the span.
  public record Bucket(
      Instant from,
      Instant to,
      Map<String, Long> counts,
      @Nullable Double successRate,
      Durations durations) {}

  /// A step in all these executions.
  ///
  /// @param durations from the beginning of its last attempt to its record
  public record StepMetrics(
      String step, long completed, long failed, long retries, Durations durations) {}

  /// Executions that failed alike.
  ///
  /// @param example the newest of them
  public record Cause(String cause, String message, long count, Instant last, UUID example) {}

  /// Which executions, in how many parts.
  ///
  /// @param workflow null: of all
  public record Window(@Nullable UUID workflow, Instant from, Instant to, int buckets) {}
}
