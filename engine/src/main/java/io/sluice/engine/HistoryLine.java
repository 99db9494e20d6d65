package io.sluice.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of a job's history: a move, or a step that was recorded.
///
/// @param at when
/// @param what `move` or `step`
/// @param from the state it left; null for steps and for the enqueue
/// @param to the state it reached; null for steps
/// @param who a worker's id, or who asked
/// @param why the reason, or the step's scope and name
/// @param detail the step's status; null for moves
/// @param error how it failed, if it did
public record HistoryLine(
    Instant at,
    String what,
    @Nullable JobState from,
    @Nullable JobState to,
    String who,
    String why,
    @Nullable String detail,
    @Nullable JobError error) {}
