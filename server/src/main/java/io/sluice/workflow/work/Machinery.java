package io.sluice.workflow.work;

import io.sluice.platform.Secrets;
import io.sluice.workflow.ExecutionControl;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.steps.Leaves;
import io.sluice.workflow.steps.Waiting;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What every execution of a server works with.
///
/// @param random draws the jitter of delays
/// @param fan runs items that are many
/// @param watcher is told of every step that has ended
public record Machinery(
    Plans plans,
    Leaves leaves,
    Waiting waiting,
    Secrets secrets,
    ExecutionControl control,
    ExecutionLimits limits,
    InstantSource clock,
    RandomGenerator random,
    Fan fan,
    Watcher watcher) {

  /// Is told how steps ended, again in each run of the job that comes by.
  @FunctionalInterface
  public interface Watcher {
    /// Nobody cares.
    Watcher NONE = (_, _) -> {};

    /// A step has ended.
    ///
    /// @param path scope and name of its record
    void ended(String path, StepOutcome outcome);
  }
}
