package io.sluice.testing.run.model;

import io.sluice.testing.run.PinnedCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A case of a run, as it is kept with it.
///
/// @param skip why it is left out; null: it is not
/// @param only these cells of it; null: all
public record Selected(
    PinnedCase.Ref ref,
    String name,
    String type,
    int priority,
    @Nullable String skip,
    @Nullable List<Cells.Place> only) {}
