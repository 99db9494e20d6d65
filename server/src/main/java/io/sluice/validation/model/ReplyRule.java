package io.sluice.validation.model;

import io.sluice.validation.Similarity;
import io.sluice.validation.Similarity.Score;
import io.sluice.validation.ValidationResult.Gate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How near the reply is in meaning to one that was expected, and whether the numbers, times,
/// dates, negations and opposites in it are the same: a similarity sees little of those.
public final class ReplyRule {
  private final Canonical canonical;
  private final Polarity polarity;
  private final Similarity similarity;
  private final String language;

  /// @param language of the replies
  public ReplyRule(String language, Similarity similarity) {
    this.language = language;
    this.similarity = similarity;
    this.canonical = Canonical.in(language);
    this.polarity = Polarity.in(language);
  }

  private record Held(String expected, Score score, List<Gate> gates) {}

  /// Scores the reply by the expected one that it is nearest to; one that closes no gate is nearer
  /// than one that does.
  public void apply(
      List<String> expected, @Nullable String actual, List<Scored> scored, List<Gate> gates) {
    if (actual == null || actual.isBlank()) {
      var reason = "there is no reply; expected '" + expected.getFirst() + "'";
      scored.add(new Scored("semantic", 0, "missing", reason));
      gates.add(new Gate("reply", reason));
      return;
    }
    var best =
        expected.stream()
            .map(reply -> hold(reply, actual))
            .min(
                Comparator.<Held>comparingInt(held -> held.gates().isEmpty() ? 0 : 1)
                    .thenComparing(held -> -held.score().value()))
            .orElseThrow();
    var value = best.score().value();
    var reason = String.format(Locale.ROOT, "similarity to '%s' is %.3f", best.expected(), value);
    scored.add(new Scored("semantic", value, best.score().method(), reason));
    gates.addAll(best.gates());
  }

  private Held hold(String expected, String actual) {
    if (canonical.of(expected).equals(canonical.of(actual))) {
      return new Held(expected, new Score(1, "exact"), List.of());
    }
    var gates = new java.util.ArrayList<Gate>();
    var found = canonical.facts(actual);
    for (var fact : canonical.facts(expected)) {
      if (!found.contains(fact)) {
        gates.add(new Gate(fact.kind(), "the reply does not say " + fact.text()));
      }
    }
    polarity.compare(expected, actual).ifPresent(gates::add);
    return new Held(expected, similarity.between(language, expected, actual), gates);
  }
}
