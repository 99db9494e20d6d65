package io.sluice.testing.model;

import io.sluice.testing.model.Selection.Choice;
import io.sluice.validation.Thresholds;
import io.sluice.validation.Weights;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
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
    var tuning = said.tuning().over(test.tuning()).over(suite == null ? Tuning.NONE : suite.tuning());
    return new Settings(
        said.priority() != null ? said.priority() : test.about().priority(),
        Objects.requireNonNullElse(tuning.weights(), Weights.DEFAULT),
        Objects.requireNonNullElse(tuning.thresholds(), Thresholds.DEFAULT),
        Objects.requireNonNullElse(tuning.timeout(), TIMEOUT),
        Objects.requireNonNullElse(tuning.retries(), Retries.NONE),
        merged(suite == null ? null : suite.assistant(), test.in(language).assistant(), said.assistant()),
        quarantine(suite, test, today));
  }

  /// Later ones replace members of earlier ones, objects member by member.
  @SafeVarargs
  private static Map<String, @Nullable Object> merged(
      @Nullable Map<String, @Nullable Object>... layers) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    for (var layer : layers) {
      if (layer != null) {
        layer.forEach((name, value) -> all.put(name, merged(all.get(name), value)));
      }
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object merged(@Nullable Object before, @Nullable Object after) {
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
