package io.sluice.engine;

/// Which step of a job.
///
/// @param scope empty at the root, `a/b` below
/// @param name of the step in its scope
public record StepRef(String scope, String name) {
  /// A step at the root.
  public static StepRef root(String name) {
    return new StepRef("", name);
  }
}
