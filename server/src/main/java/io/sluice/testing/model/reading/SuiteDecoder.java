package io.sluice.testing.model.reading;

import io.sluice.sources.Fields;
import io.sluice.sources.Plain;
import io.sluice.testing.model.Selector;
import io.sluice.testing.model.TestSuite;
import io.sluice.testing.model.TestSuite.Entry;
import io.sluice.testing.model.TestSuite.Notification;
import io.sluice.testing.model.TestSuite.Overrides;
import io.sluice.testing.model.TestSuite.QuarantineRule;
import io.sluice.testing.model.TestSuite.ReviewRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes suites of plain JSON in which nothing is wrong.
final class SuiteDecoder {
  private final Fields root;

  SuiteDecoder(Map<String, @Nullable Object> json) {
    this.root = new Fields(json);
  }

  TestSuite suite() {
    return new TestSuite(
        root.text("name"),
        root.maybe("description"),
        root.texts("tags"),
        Plain.list(root.get("cases")).stream().map(SuiteDecoder::entry).toList(),
        root.has("select") ? Selector.of(root.text("select")) : null,
        root.texts("languages"),
        TuningRules.tuning(root),
        root.has("assistant") ? root.in("assistant").map() : null,
        root.templates("environment"),
        review(root.in("review")),
        root.all("notifications").stream().map(SuiteDecoder::notification).toList(),
        root.all("quarantine").stream().map(SuiteDecoder::rule).toList(),
        root.number("concurrency"));
  }

  private static Entry entry(@Nullable Object value) {
    if (value instanceof String name) {
      return new Entry(name, null, Overrides.NONE);
    }
    var json = Fields.of(value);
    return new Entry(
        json.text("case"),
        json.flag("skip", false) ? json.text("reason") : null,
        json.has("overrides") ? overrides(json.in("overrides")) : Overrides.NONE);
  }

  private static Overrides overrides(Fields json) {
    @Nullable List<Map<String, @Nullable Object>> rows =
        json.has("parameters") ? CaseDecoder.rows(json.get("parameters")) : null;
    return new Overrides(
        json.has("languages") ? json.texts("languages") : null,
        json.number("priority"),
        rows,
        TuningRules.tuning(json),
        json.has("assistant") ? json.in("assistant").map() : null);
  }

  private static ReviewRules review(Fields json) {
    return new ReviewRules(
        json.number("opinions", 1),
        share(json.get("share"), 1),
        share(json.get("auditShare"), 0),
        json.flag("reuseVerdicts", true));
  }

  private static double share(@Nullable Object value, double otherwise) {
    return value instanceof Number number ? number.doubleValue() : otherwise;
  }

  private static Notification notification(Fields json) {
    return new Notification(
        json.choice("channel", Notification.Channel.WEBHOOK),
        json.template("to"),
        json.texts("on").stream()
            .map(o -> Notification.Occasion.valueOf(o.toUpperCase(java.util.Locale.ROOT)))
            .toList());
  }

  private static QuarantineRule rule(Fields json) {
    return new QuarantineRule(Selector.of(json.text("select")), TuningRules.quarantine(json));
  }
}
