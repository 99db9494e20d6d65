package io.sluice.workflow;

import org.jspecify.annotations.Nullable;

/// A name for a version, or for two of them.
///
/// @param version what it stands for
/// @param canaryVersion what it stands for now and then; null: never
/// @param canaryPercent how often, 1 to 99; null with `canaryVersion`
public record AliasView(
    String name, int version, @Nullable Integer canaryVersion, @Nullable Integer canaryPercent) {}
