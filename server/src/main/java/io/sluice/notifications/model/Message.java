package io.sluice.notifications.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is said, before it takes the form of a channel.
///
/// @param title one line
/// @param lines sentences
/// @param groups lists, each with a heading
/// @param link where there is more; null: nobody has said where this server is
/// @param data the same for programs, as plain JSON
public record Message(
    String title,
    List<String> lines,
    List<Group> groups,
    @Nullable String link,
    Map<String, ? extends @Nullable Object> data) {
  /// A list.
  ///
  /// @param more how many there are beyond the items
  public record Group(String heading, List<String> items, long more) {}
}
