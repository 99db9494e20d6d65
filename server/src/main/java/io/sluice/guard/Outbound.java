package io.sluice.guard;

/// Makes outbound HTTP calls. Nothing in the server calls another system but through here.
///
/// Thread-safe. Blocks; a thread that is interrupted cuts its call off at once.
public interface Outbound {
  /// Makes a call. Any status is an answer, also 404 and 500; only what kept an answer from coming
  /// is a failure.
  ///
  /// Inside of an engine's step the call carries the step's `Idempotency-Key`, unless the caller
  /// set one.
  ///
  /// @throws NotNow if the call was not made and may be made later: park until [NotNow#until()]
  /// @throws CallFailure.Passing if it failed and another attempt may help
  /// @throws CallFailure.Lasting if no attempt will help
  /// @throws InterruptedException if the thread was interrupted; the call is cut off
  Answer send(Call call) throws InterruptedException;
}
