package io.sluice.workflow.model.reading;

import io.sluice.sources.Finding;
import io.sluice.workflow.model.Definition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a text.
public sealed interface Reading {
  /// What might be a mistake; in order of place.
  List<Finding> warnings();

  /// It is a definition.
  ///
  /// @param json the same as plain JSON
  record Valid(Definition definition, Map<String, @Nullable Object> json, List<Finding> warnings)
      implements Reading {}

  /// It is none.
  ///
  /// @param errors all that is wrong, in order of place; never empty
  record Invalid(List<Finding> errors, List<Finding> warnings) implements Reading {}
}
