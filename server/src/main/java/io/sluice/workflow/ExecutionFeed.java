package io.sluice.workflow;

import io.sluice.engine.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Follows one execution while somebody watches: looks every now and then at what its steps have
/// recorded, and writes nothing.
public interface ExecutionFeed {
  /// Somebody who watches. What is told says since when it is so: who comes back with that misses
  /// nothing, and may be told again what has changed in the second before.
  interface Watcher {
    /// The execution has changed, or it is the first look.
    ///
    /// @throws Exception if the watcher is gone
    void execution(ExecutionView execution, Instant mark) throws Exception;

    /// A step has changed, or it is the first look.
    void step(StepView step, Instant mark) throws Exception;

    /// Nothing has happened for a while.
    void quiet() throws Exception;
  }

  /// Follows until the execution has ended, the watcher is gone or the thread is interrupted.
  ///
  /// @param from steps that were recorded earlier are not told; null: all are
  /// @throws ExecutionProblem.Unknown if there is no such execution
  void follow(TenantId tenant, UUID id, @Nullable Instant from, Watcher watcher) throws Exception;
}
