package io.sluice.testing.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import io.sluice.validation.Expectation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What should come out, in one language, before the data row is filled in. What is null or empty
/// is not asked; what a template renders to null, neither, so that a row can leave something open.
///
/// @param entities an object
/// @param optional names of entities that may be missing or different
/// @param replies what should be answered; the nearest counts
/// @param phrases what must, and must not, be in the reply
/// @param limits budgets
/// @param assertions conditions over `transcript`, `intent`, `entities`, `reply`, `latencyMs` and
///   `body`, and what stands in [TestScope]
/// @param rubric what a judge is to look at
public record Expected(
    @Nullable Template intent,
    @Nullable Template entities,
    List<String> optional,
    List<Template> replies,
    Phrases phrases,
    Limits limits,
    List<Expression> assertions,
    @Nullable Template rubric) {
  /// Nothing is expected.
  public static final Expected NOTHING =
      new Expected(null, null, List.of(), List.of(), Phrases.NONE, Limits.NONE, List.of(), null);

  /// Phrases of the reply.
  ///
  /// @param required must be in it, whatever their case
  /// @param forbidden must not
  /// @param patterns regular expressions that must be found in it
  public record Phrases(List<Template> required, List<Template> forbidden, List<String> patterns) {
    /// None.
    public static final Phrases NONE = new Phrases(List.of(), List.of(), List.of());
  }

  /// Budgets.
  ///
  /// @param latency how long the answer may take; null: as long as it likes
  /// @param wordErrorRate of the transcript against the utterance, 0 to 1; null: any
  public record Limits(@Nullable Duration latency, @Nullable Double wordErrorRate) {
    /// None.
    public static final Limits NONE = new Limits(null, null);
  }

  /// What a validator takes.
  ///
  /// @param language a BCP 47 tag
  /// @param utterance what was said, if that is known
  /// @param document what templates and assertions read, see [TestScope]
  /// @throws io.sluice.expression.ExpressionProblem if a template does not fit the document
  public Expectation fill(
      String language, @Nullable String utterance, Map<String, @Nullable Object> document) {
    return new Expectation(
        language,
        utterance,
        text(intent, document),
        entities(document),
        Set.copyOf(optional),
        texts(replies, document),
        new Expectation.Checks(
            texts(phrases.required(), document),
            texts(phrases.forbidden(), document),
            phrases.patterns(),
            limits.latency(),
            limits.wordErrorRate(),
            assertions.stream().map(a -> assertion(a, document)).toList(),
            text(rubric, document)));
  }

  private Map<String, Object> entities(Map<String, @Nullable Object> document) {
    var filled = new LinkedHashMap<String, Object>();
    if (entities != null && entities.render(document) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> {
        if (value != null) {
          filled.put(String.valueOf(name), value);
        }
      });
    }
    return filled;
  }

  private static List<String> texts(
      List<Template> templates, Map<String, @Nullable Object> document) {
    return templates.stream()
        .map(t -> text(t, document))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private static @Nullable String text(
      @Nullable Template template, Map<String, @Nullable Object> document) {
    var value = template == null ? null : template.render(document);
    return value == null ? null : String.valueOf(value);
  }

  private static Expectation.Assertion assertion(
      Expression expression, Map<String, @Nullable Object> document) {
    return new Expectation.Assertion() {
      @Override
      public String text() {
        return expression.source();
      }

      @Override
      public boolean holds(Map<String, @Nullable Object> observation) {
        var both = new LinkedHashMap<String, @Nullable Object>(document);
        both.putAll(observation);
        return expression.test(both);
      }
    };
  }
}
