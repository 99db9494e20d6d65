package io.sluice.workflow;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A version of a workflow.
///
/// @param id of this version
/// @param sha256 of its canonical definition: equal for equal definitions
/// @param steps how many it has, however deep they lie
/// @param format of its source
/// @param source as it was given; null in lists
/// @param definition as plain JSON; null in lists
public record VersionView(
    UUID id,
    int version,
    String sha256,
    int steps,
    Instant createdAt,
    String createdBy,
    String format,
    @Nullable String source,
    @Nullable Object definition) {}
