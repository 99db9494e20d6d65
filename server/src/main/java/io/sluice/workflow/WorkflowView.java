package io.sluice.workflow;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A workflow.
///
/// @param version the latest
/// @param definition of the latest version, as plain JSON; null in lists
public record WorkflowView(
    UUID id,
    String name,
    @Nullable String description,
    Map<String, String> labels,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Object definition) {}
