package io.sluice.testing.model;

import io.sluice.expression.Template;
import org.jspecify.annotations.Nullable;

/// Something that is said, and what should come of it.
///
/// @param utterance what is said; with a recording, what is said in it, or null if nobody wrote it
///   down; never both null
/// @param recording is played instead of speaking the utterance; null: it is spoken
public record Turn(@Nullable Template utterance, @Nullable Recording recording, Expected expect) {}
