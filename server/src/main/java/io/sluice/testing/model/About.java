package io.sluice.testing.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people want to know of a case.
///
/// @param priority 1 to 10, lower is more urgent
/// @param preconditions what must be so before, in words
/// @param postconditions what must be so afterwards, in words
public record About(
    @Nullable String description,
    List<String> tags,
    int priority,
    List<String> preconditions,
    List<String> postconditions) {
  /// The priority of a case that says nothing of it.
  public static final int PRIORITY = 5;
}
