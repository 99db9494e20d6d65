package io.sluice.engine;

/// What a job of some kind does. Runs on a virtual thread; may be interrupted.
///
/// The method may run many times for one job: after a crash, a retry, a wait. Whatever must not
/// happen again belongs in a step. Code outside of steps must be free of effects and take the same
/// path.
///
/// @param <I> the input
/// @param <O> the output
@FunctionalInterface
public interface Handler<I, O> {
  /// Runs the job, from its beginning or over what earlier runs recorded.
  ///
  /// @return the result; null where the output type is [Void]
  /// @throws Exception any failure: [PermanentFailure] is not retried, others are unless the kind
  ///   says otherwise
  O run(I input, JobContext job) throws Exception;
}
