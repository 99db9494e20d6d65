package io.sluice.workflow;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A firing of a trigger, whatever became of it.
///
/// @param why what made it fire
/// @param by who or what that was, in words
/// @param firedAt when it was recorded
/// @param dueAt for schedules: the time that it is for
/// @param sourceId the event or the received call; null for others
/// @param depth its place in a chain of triggers that fire each other, from 1
/// @param executionId what it started
/// @param reason why nothing was started
public record FiringView(
    UUID id,
    UUID triggerId,
    TriggerType why,
    String by,
    Instant firedAt,
    @Nullable Instant dueAt,
    @Nullable UUID sourceId,
    int depth,
    FiringOutcome outcome,
    @Nullable UUID executionId,
    @Nullable Reason reason) {

  /// Why nothing was started.
  ///
  /// @param code stable, for programs
  /// @param detail for people
  public record Reason(String code, String detail) {}
}
