package io.sluice.workflow.steps;

/// A failure on its way out of a step's transaction: nothing of it is recorded there.
public final class CarriedFailure extends Exception {
  private final transient Exception failure;

  CarriedFailure(Exception failure) {
    super(failure);
    this.failure = failure;
  }

  /// What failed.
  public Exception failure() {
    return failure;
  }
}
