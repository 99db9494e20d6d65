package io.sluice.sources;

import org.jspecify.annotations.Nullable;

/// Something that a definition does wrong, or might.
///
/// @param code stable, for programs
/// @param pointer a JSON pointer (RFC 6901) to it
/// @param line where it stands in the source, from 1; null if it stands nowhere
/// @param column as `line`
/// @param detail what is wrong and what to do
public record Finding(
    String code, String pointer, @Nullable Integer line, @Nullable Integer column, String detail) {}
