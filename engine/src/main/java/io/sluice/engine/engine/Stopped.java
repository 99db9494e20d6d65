package io.sluice.engine.engine;

import io.sluice.engine.Interruption;

/// The run of a job ends here because the job is no longer this worker's, or soon will not be.
final class Stopped extends Interruption {
  /// Why a run is stopped from outside.
  enum Reason {
    /// Another worker has the job, or it ended: nothing may be recorded.
    LOST,
    /// Somebody cancelled the job: nothing may be recorded.
    CANCELLED,
    /// The attempt took too long; it counts as a failure.
    TIMED_OUT,
    /// This worker stops; the job is handed over.
    HANDED_OVER
  }

  private final Reason reason;

  Stopped(Reason reason) {
    super("the job's run was stopped: " + reason);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
