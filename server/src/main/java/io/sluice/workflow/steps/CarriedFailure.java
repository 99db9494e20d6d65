package io.sluice.workflow.steps;

/// A failure on its way out of a step's transaction: nothing of it is recorded there.
public final class CarriedFailure extends Exception {
  CarriedFailure(Exception cause) {
    super(cause);
  }

  /// What failed.
  public Exception failure() {
    return (Exception) getCause();
  }
}
