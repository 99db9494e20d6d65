package io.sluice.workflow;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step of an execution as it is now.
///
/// @param id of the step in the definition
/// @param name for people
/// @param type as it stands in the definition
/// @param parent the step in whose block it stands; null at the top
/// @param block the block of the parent, e.g. a branch's id; null at the top
/// @param dependsOn as the definition says
/// @param attempts how often it was tried; 0 before it has begun
/// @param startedAt when its last attempt began; null if that is not known yet
/// @param dueAt when it is tried again, or goes on by itself
/// @param items of a FOR_EACH: how its items are; null for other types, and before it has begun
/// @param input what it was given, where it was recorded; null in lists
/// @param output what it gave; null in lists
public record StepView(
    String id,
    String name,
    String type,
    State state,
    @Nullable String parent,
    @Nullable String block,
    List<String> dependsOn,
    int attempts,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant dueAt,
    ExecutionView.@Nullable Failure error,
    @Nullable Items items,
    @Nullable Object input,
    @Nullable Object output) {

  /// With its values.
  public StepView with(@Nullable Object itsInput, @Nullable Object itsOutput) {
    return new StepView(
        id,
        name,
        type,
        state,
        parent,
        block,
        dependsOn,
        attempts,
        startedAt,
        finishedAt,
        dueAt,
        error,
        items,
        itsInput,
        itsOutput);
  }

  /// How a step is. What was recorded is so for good; the rest follows from the definition's graph
  /// and from the job.
  public enum State {
    /// It waits for other steps.
    BLOCKED,
    /// It may begin.
    READY,
    /// It runs.
    RUNNING,
    /// It waits for a time, a signal, a person, a child or its next attempt.
    WAITING,
    /// It ended well.
    COMPLETED,
    /// Its condition did not hold, or its branch was not taken.
    SKIPPED,
    /// It failed for good.
    FAILED,
    /// The execution ended without it.
    NOT_REACHED;

    /// The name in JSON: lower case.
    public String json() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// Whether those that depend on it may go on.
    public boolean over() {
      return switch (this) {
        case BLOCKED, READY, RUNNING, WAITING, NOT_REACHED -> false;
        case COMPLETED, SKIPPED, FAILED -> true;
      };
    }
  }

  /// How the items of a loop are.
  public record Items(long total, long completed, long failed, long running) {}

  /// One item of a loop.
  ///
  /// @param index its place, from 0
  public record Item(
      long index,
      ExecutionStatus status,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      int attempts,
      ExecutionView.@Nullable Failure error,
      @Nullable Object output) {}
}
