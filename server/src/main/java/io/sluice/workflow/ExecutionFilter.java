package io.sluice.workflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which executions. Every part that is null or empty matches all.
///
/// @param workflow of this workflow
/// @param statuses in one of these
/// @param trigger started by this sort of trigger
/// @param labels with all of these
/// @param from created at this time or later
/// @param to created before this time
/// @param held whether they are held
/// @param parent steps of this execution
public record ExecutionFilter(
    @Nullable UUID workflow,
    List<ExecutionStatus> statuses,
    @Nullable String trigger,
    Map<String, String> labels,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Boolean held,
    @Nullable UUID parent) {
  /// Every execution.
  public static final ExecutionFilter ALL =
      new ExecutionFilter(null, List.of(), null, Map.of(), null, null, null, null);

  /// Copies the collections.
  public ExecutionFilter {
    statuses = List.copyOf(statuses);
    labels = Map.copyOf(labels);
  }

  /// In these statuses.
  public ExecutionFilter in(List<ExecutionStatus> value) {
    return new ExecutionFilter(workflow, value, trigger, labels, from, to, held, parent);
  }
}
