package io.sluice.testing.model;

/// How often a cell is tried, and what a pass after a failure is worth.
///
/// @param attempts how often in all, the first time included
public record Retries(int attempts, Flaky flaky) {
  /// Once.
  public static final Retries NONE = new Retries(1, Flaky.REPORT);

  /// What becomes of a cell that failed first and passed then. It is never plainly passed.
  public enum Flaky {
    /// Its outcome is `flaky`; the run goes on to pass.
    REPORT,
    /// Its outcome is `flaky`; the run fails of it.
    FAIL
  }
}
