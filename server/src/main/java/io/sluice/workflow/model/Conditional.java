package io.sluice.workflow.model;

import io.sluice.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/// Takes the first branch whose condition holds, or else the other one. Gives the output of the
/// last step that it ran, in topological order; null if it ran none.
///
/// @param branches never empty
/// @param otherwise `else`: may be empty
public record Conditional(List<Case> branches, List<Step> otherwise) implements Config {
  /// A branch.
  ///
  /// @param when its condition
  /// @param steps never empty
  public record Case(Expression when, List<Step> steps) {}

  @Override
  public StepType type() {
    return StepType.CONDITIONAL;
  }

  @Override
  public List<Block> blocks() {
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < branches.size(); i++) {
      blocks.add(new Block("" + i, "/config/branches/" + i + "/steps", branches.get(i).steps()));
    }
    if (!otherwise.isEmpty()) {
      blocks.add(new Block("else", "/config/else", otherwise));
    }
    return List.copyOf(blocks);
  }
}
