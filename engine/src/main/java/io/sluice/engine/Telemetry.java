package io.sluice.engine;

import java.time.Duration;

/// What a worker tells its surroundings; bound to metrics by whoever embeds the engine. Called on
/// worker threads: must be quick and must not throw.
public interface Telemetry {
  /// Tells nobody.
  Telemetry NONE = new Telemetry() {};

  /// A run of a handler ended.
  ///
  /// @param outcome the state that the job moved to
  /// @param took how long the handler ran
  default void ran(String queue, String kind, JobState outcome, Duration took) {}

  /// The job was claimed so long after it was ready.
  default void claimed(String queue, String kind, Duration waited) {}

  /// A late write was refused, or a job was taken from this worker.
  default void leaseLost(String kind) {}

  /// Jobs of dead workers were put back.
  default void rescued(int jobs) {}

  /// A flush of records was committed.
  default void flushed(int records, Duration took) {}

  /// A handler did not end when it was interrupted; its thread was left behind.
  default void abandoned(String kind) {}
}
