package io.sluice.bench.subject;

/// A subject that keeps finished jobs, and can be given some that it never ran.
public interface WithHistory {
  /// Puts finished jobs into the tables, looking as if the subject had run them.
  void fillHistory(int finished) throws Exception;
}
