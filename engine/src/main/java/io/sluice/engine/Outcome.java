package io.sluice.engine;

import org.jspecify.annotations.Nullable;

/// How a job ended.
///
/// @param <O> the output of its kind
public sealed interface Outcome<O extends @Nullable Object> {
  /// The job this is about.
  JobId job();

  /// It ended well.
  ///
  /// @param result what the handler returned
  record Done<O extends @Nullable Object>(JobId job, O result) implements Outcome<O> {}

  /// It ended in `deadletter`.
  ///
  /// @param error the last failure
  record DeadLettered<O extends @Nullable Object>(JobId job, JobError error)
      implements Outcome<O> {}

  /// It was cancelled.
  record Cancelled<O extends @Nullable Object>(JobId job) implements Outcome<O> {}

  /// The result of a job that ended well.
  ///
  /// @throws PermanentFailure if it did not, with the error's code
  default O orThrow() {
    return switch (this) {
      case Done<O> done -> done.result();
      case DeadLettered<O> dead ->
          throw new PermanentFailure(
              dead.error().errorType(), "Job " + dead.job() + " failed: " + dead.error().message());
      case Cancelled<O> cancelled ->
          throw new PermanentFailure("CANCELLED", "Job " + cancelled.job() + " was cancelled");
    };
  }
}
