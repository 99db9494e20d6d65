package io.sluice.workflow.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs its steps for each item. Gives the list of what each item gave, in the order of the items;
/// null for one that failed and was tolerated.
///
/// @param items a list; a single value is a list of one, undefined is an empty list
/// @param concurrency how many items run at once
/// @param tolerated how many items may fail
/// @param steps never empty; they see `item` and `index`
/// @param output what an item gives; null: the output of its last step
public record ForEach(
    Expression items,
    int concurrency,
    Tolerance tolerated,
    List<Step> steps,
    @Nullable Template output)
    implements Config {

  /// How many items run at once, unless the definition says otherwise.
  public static final int DEFAULT_CONCURRENCY = 10;

  /// How many items may fail.
  ///
  /// @param amount a count, or a percentage of all items
  public record Tolerance(double amount, boolean percentage) {
    /// None may fail.
    public static final Tolerance NONE = new Tolerance(0, false);

    /// Whether so many failures are too many.
    public boolean exceededBy(int failed, int items) {
      return percentage ? failed * 100.0 > amount * items : failed > amount;
    }
  }

  @Override
  public StepType type() {
    return StepType.FOR_EACH;
  }

  @Override
  public List<Block> blocks() {
    return List.of(new Block("steps", "/config/steps", steps));
  }
}
