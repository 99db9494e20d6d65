package io.sluice.testing.model;

import java.util.UUID;

/// A version of an asset, which stays what it is.
///
/// @param id of the asset
/// @param versionId of the version
public record Pinned<T>(UUID id, UUID versionId, int version, T definition) {}
