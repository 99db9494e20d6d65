package io.sluice.testing.run.model;

import io.sluice.testing.model.Selection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a run tries, as it is kept with it.
///
/// @param only these cells; null: all
public record Chosen(Selection.Pins pins, @Nullable List<Place> only) {
  /// A cell by its place.
  ///
  /// @param row from 1; 0: the case has no data
  public record Place(UUID testCase, String language, int row) {}
}
