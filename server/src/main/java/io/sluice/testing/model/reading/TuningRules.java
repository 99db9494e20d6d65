package io.sluice.testing.model.reading;

import io.sluice.sources.Fields;
import io.sluice.sources.Findings;
import io.sluice.sources.Plain;
import io.sluice.testing.model.Quarantine;
import io.sluice.testing.model.Retries;
import io.sluice.testing.model.Tuning;
import io.sluice.validation.Thresholds;
import io.sluice.validation.Weights;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Weights, thresholds, times, retries, quarantine: what cases, suites and overrides have alike.
record TuningRules(Findings findings) {
  void check(Map<String, @Nullable Object> json, String at) {
    positive(json.get("timeout"), at + "/timeout");
    var weights = Fields.of(json.get("weights"));
    if (weights.map().size() == 4
        && weights.map().values().stream().allMatch(w -> number(w).signum() == 0)) {
      findings.error("BAD_WEIGHTS", at + "/weights", "are all zero, so that nothing counts");
    }
    var thresholds = Fields.of(json.get("thresholds"));
    var pass = or(thresholds.get("autoPass"), Thresholds.DEFAULT.autoPass());
    var review = or(thresholds.get("needsReview"), Thresholds.DEFAULT.needsReview());
    if (pass.compareTo(review) < 0) {
      findings.error(
          "BAD_THRESHOLDS",
          at + "/thresholds",
          "needsReview, " + review + ", is above autoPass, " + pass + "; swap them or say both");
    }
  }

  void positive(@Nullable Object value, String at) {
    try {
      if (value instanceof String text && Duration.parse(text).isZero()) {
        findings.error("BAD_TIMEOUT", at, "must be longer than nothing");
      }
    } catch (DateTimeParseException e) {
      // The schema has said so.
    }
  }

  void quarantine(@Nullable Object value, String at) {
    var until = Plain.text(Plain.map(value).get("until"));
    try {
      if (until.matches("\\d{4}-\\d{2}-\\d{2}")) {
        LocalDate.parse(until);
      }
    } catch (DateTimeParseException e) {
      findings.error("BAD_FORMAT", at + "/until", "there is no such day: " + until);
    }
  }

  static Tuning tuning(Fields json) {
    return new Tuning(
        json.has("weights") ? weights(json.in("weights")) : null,
        json.has("thresholds") ? thresholds(json.in("thresholds")) : null,
        json.duration("timeout"),
        json.has("retries") ? retries(json.get("retries")) : null);
  }

  private static Weights weights(Fields json) {
    return new Weights(
        or(json.get("intent"), Weights.DEFAULT.intent()),
        or(json.get("entities"), Weights.DEFAULT.entities()),
        or(json.get("semantic"), Weights.DEFAULT.semantic()),
        or(json.get("judge"), Weights.DEFAULT.judge()));
  }

  private static Thresholds thresholds(Fields json) {
    return new Thresholds(
        or(json.get("autoPass"), Thresholds.DEFAULT.autoPass()),
        or(json.get("needsReview"), Thresholds.DEFAULT.needsReview()));
  }

  private static Retries retries(@Nullable Object value) {
    if (value instanceof Number attempts) {
      return new Retries(attempts.intValue(), Retries.Flaky.REPORT);
    }
    var json = Fields.of(value);
    return new Retries(json.number("attempts", 1), json.choice("flaky", Retries.Flaky.REPORT));
  }

  static Quarantine quarantine(Fields json) {
    return new Quarantine(
        json.text("owner"), LocalDate.parse(json.text("until")), json.text("reason"));
  }

  private static BigDecimal or(@Nullable Object value, BigDecimal otherwise) {
    return value instanceof Number ? number(value) : otherwise;
  }

  /// As it was written: 0.1 is a tenth.
  private static BigDecimal number(@Nullable Object value) {
    return value instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ONE;
  }
}
