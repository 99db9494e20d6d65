package io.sluice.bench.subject;

import java.time.Instant;
import java.util.List;

/// A subject whose executions somebody can watch.
public interface WithWatcher {
  /// A change of an execution's state.
  ///
  /// @param recorded the time that the subject gives the change, which lies before its commit
  /// @param arrived when the line that tells of it was read at the client
  record Seen(Instant recorded, Instant arrived) {}

  /// Keeps that many executions running, lets one end every few milliseconds, and gives what a
  /// client heard of it: each that ends, and each that begins in its place. A worker has been
  /// started for `STEPS`.
  ///
  /// @param ends how many end
  List<Seen> watch(int running, int ends) throws Exception;
}
