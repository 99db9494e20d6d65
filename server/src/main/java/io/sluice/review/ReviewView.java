package io.sluice.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A review item as it is shown. That it is a control is not.
///
/// @param claimNumber names the claim: a decision says it back
/// @param opinionsWanted how many reviewers are asked
public record ReviewView(
    UUID id,
    String source,
    UUID subject,
    @Nullable String group,
    String title,
    String language,
    boolean nativeOnly,
    List<String> skills,
    int priority,
    @Nullable BigDecimal confidence,
    String payloadJson,
    String status,
    @Nullable UUID claimedBy,
    @Nullable Instant claimedAt,
    @Nullable Instant claimUntil,
    int claimNumber,
    int opinionsWanted,
    int opinions,
    @Nullable Verdict verdict,
    @Nullable UUID reusedFrom,
    Instant createdAt,
    @Nullable Instant completedAt) {}
