package io.sluice.sources;

import org.jspecify.annotations.Nullable;

/// A difference between two versions of something.
///
/// @param op `add`, `remove`, `replace` or `move`
/// @param pointer in the newer version; for `remove`, in the older one
/// @param from what was there; for `move` its pointer
/// @param to what is there now
public record Change(String op, String pointer, @Nullable Object from, @Nullable Object to) {}
