package io.sluice.workflow.dryrun;

import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepOutcome.StepError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a dry run has shown.
///
/// @param completed whether the execution ended well
/// @param output what it gave
/// @param error how it failed; null if it did not
/// @param steps that ended, in order; one that failed the execution is in `error`
/// @param took how much time would have passed
/// @param missing steps that would have called out, and had been given nothing
public record DryRunReport(
    boolean completed,
    @Nullable Object output,
    @Nullable StepError error,
    List<Line> steps,
    Duration took,
    Set<String> missing) {

  /// A step that ended.
  ///
  /// @param path its id, or `each#items/0/id` inside of a FOR_EACH
  public record Line(String path, StepOutcome outcome) {
    /// Its id.
    public String id() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /// The ids of steps that ran, in order, each once.
  public List<String> run() {
    return steps.stream()
        .filter(line -> line.outcome().status() != StepOutcome.Status.SKIPPED)
        .map(Line::id)
        .distinct()
        .toList();
  }

  /// The ids of steps whose condition did not hold.
  public List<String> skipped() {
    return steps.stream()
        .filter(line -> line.outcome().status() == StepOutcome.Status.SKIPPED)
        .map(Line::id)
        .distinct()
        .toList();
  }
}
