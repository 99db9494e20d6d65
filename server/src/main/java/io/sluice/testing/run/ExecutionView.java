package io.sluice.testing.run;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An execution as it is shown.
///
/// @param result what the runner kept; on failure with `error` and `error_detail`
/// @param row from 1; null: the case has no data
/// @param quarantined why a failure does not count; null: it does
/// @param executionTime seconds
/// @param validationState `none`, `pending`, `done` or `failed`
public record ExecutionView(
    UUID executionId,
    UUID testRunId,
    UUID testCaseId,
    int testCaseVersion,
    String testCaseName,
    String type,
    String languageCode,
    @Nullable Integer row,
    @Nullable Map<String, @Nullable Object> data,
    String status,
    @Nullable String outcome,
    @Nullable String reason,
    @Nullable String quarantined,
    String validationState,
    @Nullable UUID validationId,
    boolean reviewPending,
    int attempts,
    long steps,
    JsonNode result,
    @Nullable String errorCode,
    @Nullable Double executionTime,
    @Nullable UUID jobId,
    Instant createdAt,
    @Nullable Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {}
