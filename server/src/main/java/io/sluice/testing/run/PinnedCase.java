package io.sluice.testing.run;

import io.sluice.validation.Expectation;
import io.sluice.validation.Thresholds;
import io.sluice.validation.Weights;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run needs of a case, at the version that it is pinned to.
///
/// @param type the runner's
/// @param tags for filters and reports
/// @param steps shared ones put in, preconditions first, postconditions last
/// @param rows of data; none: it is executed once, without
/// @param spoken by language, for cases that are said in one; empty: the same in every language
/// @param settings what its type reads besides, e.g. the workflow's name
public record PinnedCase(
    Ref ref,
    String name,
    String type,
    List<String> tags,
    List<Step> steps,
    List<Map<String, @Nullable Object>> rows,
    Map<String, Spoken> spoken,
    Map<String, @Nullable Object> settings,
    Rules rules) {
  /// Copies the collections.
  public PinnedCase {
    tags = List.copyOf(tags);
    steps = List.copyOf(steps);
    rows = List.copyOf(rows);
    spoken = Map.copyOf(spoken);
  }

  /// Which version of which case.
  public record Ref(java.util.UUID id, int version) {}

  /// A step.
  ///
  /// @param action what is done, for people
  /// @param expectation what is expected then, for people
  /// @param phase `pre`, `main` or `post`: posts run whatever has failed before
  /// @param config what the runner reads, e.g. `request`
  public record Step(
      String action,
      @Nullable String expectation,
      Phase phase,
      Map<String, @Nullable Object> config) {}

  /// When a step runs.
  public enum Phase {
    /// Before; if one fails the case could not be tried.
    PRE,
    /// The case itself.
    MAIN,
    /// Afterwards, always.
    POST
  }

  /// What is said in a language.
  ///
  /// @param turns one for most cases; none in cases that are not spoken
  /// @param values constants of the language
  /// @param expected of the whole, where nothing is said; null: nothing
  public record Spoken(
      List<Turn> turns, Map<String, @Nullable Object> values, @Nullable Expectation expected) {
    /// Copies the turns.
    public Spoken {
      turns = List.copyOf(turns);
    }
  }

  /// What is said in one turn, and what is expected of the answer.
  ///
  /// @param utterance the words; null where only a recording is known
  /// @param recording the name of a WAV file that was stored with the case; null: it is synthesised
  /// @param expected null: nothing
  public record Turn(
      @Nullable String utterance, @Nullable String recording, @Nullable Expectation expected) {}

  /// How executions of it are made and judged.
  ///
  /// @param timeLimit of one attempt
  /// @param attempts 1: no second one
  /// @param priority 1 to 10, lower is more urgent
  /// @param weights of the parts of a validation
  /// @param thresholds null: the suite's
  /// @param nativeSpeaker whether only native speakers may review it
  public record Rules(
      Duration timeLimit,
      int attempts,
      int priority,
      Weights weights,
      @Nullable Thresholds thresholds,
      boolean nativeSpeaker) {}

  /// Constants of a language.
  public Map<String, @Nullable Object> values(String language) {
    var said = spoken.get(language);
    return said == null ? Map.of() : said.values();
  }

  /// What is expected of the last turn in a language; null: nothing, so that there is nothing to
  /// validate.
  public @Nullable Expectation expected(String language) {
    var said = spoken.get(language);
    if (said == null) {
      return null;
    }
    return said.turns().isEmpty() ? said.expected() : said.turns().getLast().expected();
  }
}
