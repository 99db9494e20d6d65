package io.sluice.bench.subject;

/// A subject that can carry out tests: of each execution ten requests to a server on this machine,
/// whose answers are checked.
public interface WithTests {
  /// Requests of an execution.
  int REQUESTS = 10;

  /// Makes whatever that many executions need. Called outside the clock.
  void prepareTests(int executions) throws Exception;

  /// Carries them out, and returns when the results of all are in the database. A worker has been
  /// started for `STEPS`.
  void runTests(int executions) throws Exception;
}
