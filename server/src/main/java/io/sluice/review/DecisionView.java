package io.sluice.review;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A reviewer's decision.
///
/// @param took from the claim to the decision
/// @param undoneAt null while it stands
public record DecisionView(
    UUID id,
    UUID review,
    UUID reviewer,
    Verdict verdict,
    @Nullable String note,
    @Nullable String labelsJson,
    Duration took,
    Instant decidedAt,
    @Nullable Instant undoneAt) {}
