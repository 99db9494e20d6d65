package io.sluice.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job as the database shows it.
///
/// @param state where it is
/// @param hold why a queued job is not ready: `time`, `limit`, `alone`; null when it is
/// @param fence rises with every move
/// @param attempt failures so far
/// @param crashes leases lost so far
/// @param worker who holds it; null when nobody does
/// @param stage the last checkpoint that its kind declares as a stage
/// @param wakeAt its timer; null when it has none
/// @param waitReason what it waits for, in words
/// @param lastError how it last failed; null if it never did
/// @param inputJson as enqueued
/// @param resultJson as returned; null until it is done
public record JobView(
    JobId id,
    TenantId tenant,
    String queue,
    String kind,
    int version,
    int priority,
    JobState state,
    @Nullable String hold,
    int fence,
    int attempt,
    int crashes,
    @Nullable UUID worker,
    @Nullable String limitKey,
    @Nullable String uniqueKey,
    @Nullable JobId parent,
    @Nullable String stage,
    long progressDone,
    long progressTotal,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant wakeAt,
    @Nullable Instant deadlineAt,
    @Nullable String waitReason,
    @Nullable String cause,
    @Nullable JobError lastError,
    String inputJson,
    @Nullable String resultJson) {}
