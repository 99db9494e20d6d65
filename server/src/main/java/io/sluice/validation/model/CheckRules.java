package io.sluice.validation.model;

import io.sluice.validation.Expectation.Assertion;
import io.sluice.validation.Expectation.Checks;
import io.sluice.validation.Observation;
import io.sluice.validation.ValidationResult.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What holds or does not hold.
public final class CheckRules {
  private CheckRules() {}

  /// Checks all.
  ///
  /// @param wordErrorRate null if it is not known
  public static List<Check> apply(
      Checks checks, Observation observation, @Nullable Double wordErrorRate) {
    var out = new ArrayList<Check>();
    var reply = observation.reply() == null ? "" : observation.reply();
    checks.required().forEach(phrase -> out.add(phrase(phrase, reply, true)));
    checks.forbidden().forEach(phrase -> out.add(phrase(phrase, reply, false)));
    checks.patterns().forEach(pattern -> out.add(pattern(pattern, reply)));
    if (checks.maxLatency() != null) {
      out.add(latency(checks.maxLatency(), observation));
    }
    if (checks.maxWordErrorRate() != null) {
      out.add(wordErrors(checks.maxWordErrorRate(), wordErrorRate));
    }
    checks.assertions().forEach(assertion -> out.add(assertion(assertion, observation)));
    return out;
  }

  /// Whole words, whatever their case, accents and punctuation.
  private static Check phrase(String phrase, String reply, boolean wanted) {
    boolean found = (' ' + Texts.plain(reply) + ' ').contains(' ' + Texts.plain(phrase) + ' ');
    var where = found ? "the reply contains '" : "the reply does not contain '";
    return new Check(
        wanted ? "required_phrase" : "forbidden_phrase", found == wanted, where + phrase + "'");
  }

  private static Check pattern(String pattern, String reply) {
    boolean found =
        Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
            .matcher(reply)
            .find();
    return new Check(
        "pattern",
        found,
        "the reply " + (found ? "matches /" : "does not match /") + pattern + "/");
  }

  private static Check latency(java.time.Duration most, Observation observation) {
    var took = observation.latency();
    if (took == null) {
      return new Check("latency", false, "it was not measured how long the answer took");
    }
    return new Check(
        "latency",
        took.compareTo(most) <= 0,
        "the answer took " + took.toMillis() + " ms of " + most.toMillis() + " ms allowed");
  }

  private static Check wordErrors(double most, @Nullable Double rate) {
    if (rate == null) {
      return new Check("word_error_rate", false, "there is no transcript to compare");
    }
    return new Check(
        "word_error_rate",
        rate <= most,
        String.format(Locale.ROOT, "the word error rate is %.3f of %.3f allowed", rate, most));
  }

  private static Check assertion(Assertion assertion, Observation observation) {
    try {
      boolean holds = assertion.holds(observation.document());
      return new Check(
          "assertion", holds, assertion.text() + (holds ? " holds" : " does not hold"));
    } catch (RuntimeException e) {
      return new Check(
          "assertion", false, assertion.text() + " can not be evaluated: " + e.getMessage());
    }
  }
}
