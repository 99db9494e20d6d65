package io.sluice.testing.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A case in one language.
///
/// @param turns what is said, one after the other, in one conversation; empty but for voice
/// @param expect what should come out of all steps; null for voice, where each turn says it. What
///   came out is what the steps extracted as `transcript`, `intent`, `entities` and `reply`
/// @param values constants: `${values.NAME}`
/// @param rows data rows of this language, instead of the case's; null: those of the case
/// @param assistant what is different about the assistant, as plain JSON; null: nothing
public record InLanguage(
    List<Turn> turns,
    @Nullable Expected expect,
    Map<String, @Nullable Object> values,
    @Nullable List<Map<String, @Nullable Object>> rows,
    @Nullable Map<String, @Nullable Object> assistant) {
  /// Nothing in particular.
  public static final InLanguage NOTHING = new InLanguage(List.of(), null, Map.of(), null, null);
}
