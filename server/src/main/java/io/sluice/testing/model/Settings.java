package io.sluice.testing.model;

import io.sluice.expression.Template;
import io.sluice.testing.model.Selection.Choice;
import io.sluice.validation.Thresholds;
import io.sluice.validation.Weights;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What holds for a case in a language: what the suite says of the case, then the case, then the
/// suite, then the default.
///
/// @param assistant how the assistant under test is reached, as plain JSON; empty: nobody says
/// @param quarantine that of the case, or of the suite's first rule that fits and still holds
public record Settings(
    int priority,
    Weights weights,
    Thresholds thresholds,
    Duration timeout,
    Retries retries,
    Map<String, @Nullable Object> assistant,
    @Nullable Quarantine quarantine) {
  /// How long one attempt may take where nobody says.
  public static final Duration TIMEOUT = Duration.ofMinutes(2);

  /// Of a case that was chosen.
  ///
  /// @param suite null: there is none
  public static Settings of(
      @Nullable TestSuite suite, Choice choice, String language, LocalDate today) {
    var test = choice.testCase();
    var said = choice.overrides();
    var tuning =
        said.tuning().over(test.tuning()).over(suite == null ? Tuning.NONE : suite.tuning());
    return new Settings(
        said.priority() != null ? said.priority() : test.about().priority(),
        Objects.requireNonNullElse(tuning.weights(), Weights.DEFAULT),
        Objects.requireNonNullElse(tuning.thresholds(), Thresholds.DEFAULT),
        Objects.requireNonNullElse(tuning.timeout(), TIMEOUT),
        Objects.requireNonNullElse(tuning.retries(), Retries.NONE),
        merged(
            suite == null ? null : suite.assistant(),
            test.in(language).assistant(),
            said.assistant()),
        quarantine(suite, test, today));
  }

  /// How the assistant is reached, with variables filled in; what reads anything else stays as it
  /// is, for the connector.
  ///
  /// @param env variables of the suite and the run; members of its `assistant` replace ours
  @SuppressWarnings("unchecked")
  public Map<String, @Nullable Object> assistant(Map<String, @Nullable Object> env) {
    var whole = new LinkedHashMap<>(assistant);
    if (env.get("assistant") instanceof Map<?, ?> more) {
      more.forEach((name, value) -> whole.put(String.valueOf(name), value));
    }
    return (Map<String, @Nullable Object>)
        Objects.requireNonNull(filled(whole, Map.of("env", env)));
  }

  private static @Nullable Object filled(
      @Nullable Object value, Map<String, ? extends @Nullable Object> document) {
    return switch (value) {
      case String text when text.contains("${env.") -> filled(text, document);
      case List<?> list -> {
        var all = new ArrayList<@Nullable Object>();
        list.forEach(one -> all.add(filled(one, document)));
        yield all;
      }
      case Map<?, ?> map -> {
        var all = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, one) -> all.put(String.valueOf(name), filled(one, document)));
        yield all;
      }
      case null, default -> value;
    };
  }

  private static @Nullable Object filled(
      String text, Map<String, ? extends @Nullable Object> document) {
    var template = Template.of(text);
    return template.references().stream().allMatch(r -> r.root().equals("env"))
        ? template.render(document)
        : text;
  }

  /// Later ones replace members of earlier ones, objects member by member.
  @SafeVarargs
  private static Map<String, @Nullable Object> merged(
      @Nullable Map<String, @Nullable Object>... layers) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    for (var layer : layers) {
      if (layer != null) {
        layer.forEach((name, value) -> all.put(name, both(all.get(name), value)));
      }
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object both(@Nullable Object before, @Nullable Object after) {
    return before instanceof Map<?, ?> && after instanceof Map<?, ?>
        ? merged((Map<String, @Nullable Object>) before, (Map<String, @Nullable Object>) after)
        : after;
  }

  private static @Nullable Quarantine quarantine(
      @Nullable TestSuite suite, TestCase test, LocalDate today) {
    var rules =
        suite == null
            ? Stream.<Quarantine>empty()
            : suite.quarantine().stream()
                .filter(r -> r.select().test(Selector.Subject.of(test)))
                .map(TestSuite.QuarantineRule::quarantine);
    return Stream.concat(Stream.ofNullable(test.quarantine()), rules)
        .filter(q -> q.holds(today))
        .findFirst()
        .orElse(null);
  }
}
