package io.sluice.bench.subject;

/// What a worker is started for; a subject may set itself up differently for each.
public enum Mode {
  /// Get through a backlog.
  DRAIN,
  /// Be idle, and quick when one job comes.
  PICKUP,
  /// Run durable functions; they come through [WithSteps#runFunctions(int)].
  STEPS
}
