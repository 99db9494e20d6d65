package io.sluice.workflow;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An execution as it is shown.
///
/// @param id its job's
/// @param workflow null: the definition came with the request
/// @param version of the workflow, kept to the end
/// @param held whether no new step begins
/// @param attempt failures of the whole, of its worker or its database; its steps count their own
/// @param waitReason what it waits for, in words
/// @param progressTotal how many items or steps there are; null: not known
/// @param durationMillis from its creation, or from the time it was to run, to its end
/// @param input what it was given; null in lists
/// @param output what it gave; null in lists, and before it has completed
public record ExecutionView(
    UUID id,
    @Nullable UUID workflow,
    String workflowName,
    int version,
    ExecutionStatus status,
    @Nullable Held held,
    Origin origin,
    Map<String, String> labels,
    int priority,
    int attempt,
    @Nullable String waitReason,
    @Nullable Long progressDone,
    @Nullable Long progressTotal,
    Times times,
    @Nullable Long durationMillis,
    @Nullable Failure error,
    @Nullable Object input,
    @Nullable Object output) {

  /// With its values.
  public ExecutionView with(@Nullable Object itsInput, @Nullable Object itsOutput) {
    return new ExecutionView(
        id,
        workflow,
        workflowName,
        version,
        status,
        held,
        origin,
        labels,
        priority,
        attempt,
        waitReason,
        progressDone,
        progressTotal,
        times,
        durationMillis,
        error,
        itsInput,
        itsOutput);
  }

  /// Who holds it, since when.
  public record Held(Instant at, String by) {}

  /// Where it comes from.
  ///
  /// @param trigger `manual`, `schedule`, `webhook`, `event`, `workflow` or `fork`
  /// @param triggerId the trigger that fired
  /// @param by who started it
  /// @param parent the execution of whose step it is
  /// @param forkedFrom the execution that it repeats from a step on
  public record Origin(
      String trigger,
      @Nullable UUID triggerId,
      String by,
      @Nullable UUID parent,
      @Nullable UUID forkedFrom,
      @Nullable String forkedStep) {}

  /// When.
  ///
  /// @param runAt not before
  /// @param startedAt of the current or last run between waits
  /// @param wakeAt of its timer
  /// @param deadlineAt when it is given up
  public record Times(
      Instant createdAt,
      @Nullable Instant runAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Instant wakeAt,
      @Nullable Instant deadlineAt) {}

  /// How it, or a step of it, failed.
  ///
  /// @param step in which; null: outside of steps
  public record Failure(String code, String message, @Nullable String step) {}
}
