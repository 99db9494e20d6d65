package io.sluice.bench.subject;

/// A subject that can do something for each of many items.
public interface WithFanOut {
  /// Does nothing for each item, and returns when that is finished in the database. A worker has
  /// been started for `STEPS`.
  void runItems(int items) throws Exception;
}
