package io.sluice.bench.subject;

/// A subject that can run one short durable function.
public interface WithThreeSteps {
  /// Runs a function of three durable steps and returns when it has ended. A worker has been
  /// started for `STEPS`.
  void runThree() throws Exception;
}
