package io.sluice.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a step has recorded.
///
/// @param status `done`, `failed` (for good), or `retrying`
/// @param attempt of the step, from 1
/// @param startedAt when the attempt began that this tells of
/// @param valueJson what it returned; while it is retrying, when it is due again
/// @param error how it failed, if it did
public record StepRecord(
    StepRef step,
    String status,
    int attempt,
    Instant startedAt,
    Instant recordedAt,
    @Nullable String valueJson,
    @Nullable JobError error) {}
