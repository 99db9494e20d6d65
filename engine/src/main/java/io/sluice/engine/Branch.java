package io.sluice.engine;

import org.jspecify.annotations.Nullable;

/// One branch of [JobContext#parallel].
///
/// @param name unique among its siblings; opens a scope for the steps inside
/// @param body what the branch does; what it returns is recorded under the branch's name
/// @param <T> what the branch returns
public record Branch<T extends @Nullable Object>(String name, Body<T> body) {
  /// The body of a branch.
  @FunctionalInterface
  public interface Body<T extends @Nullable Object> {
    /// Runs in a virtual thread of its own, with a scope of its own.
    T run(JobContext branch) throws Exception;
  }
}
