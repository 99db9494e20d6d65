package io.sluice.testing.model;

import io.sluice.testing.CaseType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing to try, as one version says.
///
/// @param languages what is said and expected, by BCP 47 tag, in the order in which it is written;
///   a voice case has at least one
/// @param rows data rows: it is tried once for each of them; empty: once
/// @param steps what is done, one after the other; empty for voice, and for no other
/// @param tuning how it is judged and repeated; what is null is the suite's, or the default
/// @param quarantine its failures do not count for a while; null: they do
/// @param people who may review it
/// @param needs what must be there where it is tried, e.g. `browser`, `speech`; else it is skipped
public record TestCase(
    String name,
    CaseType type,
    About about,
    Map<String, InLanguage> languages,
    List<Map<String, @Nullable Object>> rows,
    List<Step> steps,
    Tuning tuning,
    @Nullable Quarantine quarantine,
    People people,
    List<String> needs) {

  /// Who may review what needs a person.
  ///
  /// @param nativeSpeaker whether only those whose first language it is
  /// @param skills that a reviewer must have
  public record People(boolean nativeSpeaker, List<String> skills) {}

  /// The case in one language, or for a case that names none, nothing in particular.
  public InLanguage in(String language) {
    return languages.getOrDefault(language, InLanguage.NOTHING);
  }
}
