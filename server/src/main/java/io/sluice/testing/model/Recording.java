package io.sluice.testing.model;

import org.jspecify.annotations.Nullable;

/// A WAV file: either in the definition itself, or beside it, found by its hash.
///
/// @param file its path, relative to that of the case; null if it is in the definition
/// @param sha256 of the file's bytes, in lower-case hex; null if it is in the definition
/// @param base64 its bytes; null if it is beside the definition
public record Recording(@Nullable String file, @Nullable String sha256, @Nullable String base64) {}
