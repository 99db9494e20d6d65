package io.sluice.review;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// A reviewer.
///
/// @param nativeLanguages primary languages, e.g. `es`
/// @param fluentLanguages likewise
/// @param active whether they may claim
/// @param version rises with every change
public record ReviewerView(
    UUID id,
    String name,
    Set<String> nativeLanguages,
    Set<String> fluentLanguages,
    Set<String> skills,
    boolean active,
    Instant createdAt,
    int version) {}
