package io.sluice.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an attempt, or a step, failed; stored as `last_error`.
///
/// @param errorType stable code, e.g. `service_timeout`; dead letters are grouped by it
/// @param message what failed, for people
/// @param timestamp when
/// @param retryCount attempts that had failed before this one
/// @param permanent whether a retry was ruled out
/// @param step scope and name of the step that failed; null outside of steps
/// @param exception class and top frames, for operators; never shown through an API
public record JobError(
    String errorType,
    String message,
    Instant timestamp,
    int retryCount,
    boolean permanent,
    @Nullable String step,
    @Nullable String exception) {}
