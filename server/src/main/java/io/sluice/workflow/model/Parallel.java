package io.sluice.workflow.model;

import java.util.List;

/// Runs branches at once. Gives an object: by the id of each branch, the output of its last step.
///
/// @param branches never empty
/// @param limit how many run at once
public record Parallel(List<Branch> branches, int limit) implements Config {
  /// A branch.
  ///
  /// @param id unique in its step
  /// @param path where its steps stand below the step, a JSON pointer
  /// @param steps never empty
  public record Branch(String id, String path, List<Step> steps) {}

  @Override
  public StepType type() {
    return StepType.PARALLEL;
  }

  @Override
  public List<Block> blocks() {
    return branches.stream().map(b -> new Block(b.id(), b.path(), b.steps())).toList();
  }
}
