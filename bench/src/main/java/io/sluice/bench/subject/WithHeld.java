package io.sluice.bench.subject;

/// A subject that can hold jobs back because a limit is full.
public interface WithHeld {
  /// Puts jobs into the tables that may not run, because their limit is full and stays so.
  void fillHeld(int held) throws Exception;
}
