package io.sluice.testing.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Steps that many cases share.
///
/// @param parameters what those who use it say; steps read them as `${args.NAME}`
public record TestItem(
    String name,
    @Nullable String description,
    List<String> tags,
    List<Parameter> parameters,
    List<Step> steps) {

  /// Something that whoever uses the item says.
  ///
  /// @param required whether it must be said
  /// @param otherwise what it is when it is not said, as plain JSON
  public record Parameter(
      String name, @Nullable String description, boolean required, @Nullable Object otherwise) {}
}
