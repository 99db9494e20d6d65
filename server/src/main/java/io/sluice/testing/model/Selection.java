package io.sluice.testing.model;

import io.sluice.testing.model.TestSuite.Overrides;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a run tries: versions that were pinned when it was made.
///
/// @param suite null: cases were named one by one
/// @param choices in order; a case is there once
/// @param items by name: all that the cases use
public record Selection(
    @Nullable Pinned<TestSuite> suite, List<Choice> choices, Map<String, Pinned<TestItem>> items) {

  /// A case.
  ///
  /// @param skipped why it is not run; null: it is
  public record Choice(Pinned<TestCase> pinned, Overrides overrides, @Nullable String skipped) {
    /// What is tried.
    public TestCase testCase() {
      return pinned.definition();
    }
  }

  /// Versions without what they say: what a run keeps.
  ///
  /// @param suite null: cases were named one by one
  /// @param cases in order
  /// @param items all that the cases use
  public record Pins(@Nullable UUID suite, List<UUID> cases, List<UUID> items) {}

  /// What has to be kept to make this selection again.
  public Pins pins() {
    return new Pins(
        suite == null ? null : suite.versionId(),
        choices.stream().map(c -> c.pinned().versionId()).toList(),
        items.values().stream().map(Pinned::versionId).toList());
  }

  /// The items as [Expansion] takes them.
  public Map<String, TestItem> definitions() {
    var all = new java.util.LinkedHashMap<String, TestItem>();
    items.forEach((name, item) -> all.put(name, item.definition()));
    return all;
  }
}
