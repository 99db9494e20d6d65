package io.sluice.validation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What should come out, in one language. What is null or empty is not asked.
///
/// @param language a BCP 47 tag, e.g. `es-MX`: decides how numbers, times and negations are read
/// @param utterance what was said; the transcript is held against it
/// @param intent the intent's name
/// @param entities the slots and their values, as plain JSON
/// @param optional slots of `entities` that may be missing or different without closing a gate
/// @param replies what should be answered; the nearest of them counts
/// @param checks what must hold besides
public record Expectation(
    String language,
    @Nullable String utterance,
    @Nullable String intent,
    Map<String, Object> entities,
    Set<String> optional,
    List<String> replies,
    Checks checks) {
  /// Copies the collections.
  public Expectation {
    entities = Map.copyOf(entities);
    optional = Set.copyOf(optional);
    replies = List.copyOf(replies);
  }

  /// Whether anything at all is expected.
  public boolean isEmpty() {
    return intent == null && entities.isEmpty() && replies.isEmpty() && checks.isEmpty();
  }

  /// What must hold besides.
  ///
  /// @param required phrases that the reply must contain, whatever their case
  /// @param forbidden phrases that it must not contain
  /// @param patterns regular expressions that must be found in the reply
  /// @param maxLatency how long the answer may take
  /// @param maxWordErrorRate of the transcript against the utterance; 0 to 1 and above
  /// @param assertions conditions over the whole observation
  /// @param rubric what a judge is to look at
  public record Checks(
      List<String> required,
      List<String> forbidden,
      List<String> patterns,
      @Nullable Duration maxLatency,
      @Nullable Double maxWordErrorRate,
      List<Assertion> assertions,
      @Nullable String rubric) {
    /// None.
    public static final Checks NONE =
        new Checks(List.of(), List.of(), List.of(), null, null, List.of(), null);

    /// Copies the lists.
    public Checks {
      required = List.copyOf(required);
      forbidden = List.copyOf(forbidden);
      patterns = List.copyOf(patterns);
      assertions = List.copyOf(assertions);
    }

    /// Whether nothing is checked.
    public boolean isEmpty() {
      return equals(NONE);
    }
  }

  /// A condition over the observation.
  public interface Assertion {
    /// What it says, for people.
    String text();

    /// Whether it holds for the observation as plain JSON (see [Observation#document]).
    ///
    /// @throws RuntimeException if it can not be evaluated: it then does not hold
    boolean holds(Map<String, @Nullable Object> document);
  }
}
