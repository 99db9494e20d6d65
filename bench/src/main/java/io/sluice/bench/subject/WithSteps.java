package io.sluice.bench.subject;

/// A subject that runs durable functions of several steps.
public interface WithSteps {
  int STEPS = 5;

  /// Starts that many functions of five durable steps and returns when all are finished in the
  /// database. A worker has been started for `STEPS`.
  void runFunctions(int functions) throws Exception;

  /// How many functions a round takes; more where a thousand would be over too soon to be measured.
  default int functionsPerRound(int asked) {
    return asked;
  }
}
