package io.sluice.engine;

/// A step that failed for good: its failure is recorded, and every later attempt of the job sees
/// it.
///
/// A handler may catch it and go another way. Uncaught it ends the job in `deadletter`, because a
/// retry would only find the same record; a redrive forgets the failed step and tries it again.
public final class StepFailed extends PermanentFailure {
  private final String step;
  private final JobError error;

  /// Called by the engine.
  public StepFailed(String step, JobError error) {
    super(error.errorType(), "Step '" + step + "' failed: " + error.message());
    this.step = step;
    this.error = error;
  }

  /// The step's scope and name.
  public String step() {
    return step;
  }

  /// What was recorded.
  public JobError error() {
    return error;
  }
}
