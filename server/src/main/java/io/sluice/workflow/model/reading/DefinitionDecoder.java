package io.sluice.workflow.model.reading;

import io.sluice.sources.Fields;
import io.sluice.sources.Plain;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.OnError;
import io.sluice.workflow.model.Retry;
import io.sluice.workflow.model.Retry.Strategy;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.model.StepType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes records of plain JSON in which nothing is wrong.
final class DefinitionDecoder {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  private final Fields root;

  DefinitionDecoder(Map<String, @Nullable Object> json) {
    this.root = new Fields(json);
  }

  Definition definition() {
    var labels = new LinkedHashMap<String, String>();
    root.in("labels").map().forEach((name, value) -> labels.put(name, Plain.text(value)));
    return new Definition(
        root.text("name"),
        root.maybe("description"),
        root.has("inputSchema") ? root.in("inputSchema").map() : null,
        root.duration("timeout"),
        root.number("concurrency", Definition.DEFAULT_CONCURRENCY),
        root.maybeTemplate("context"),
        steps(root.get("steps")),
        steps(root.get("onError")),
        root.maybeTemplate("output"),
        labels);
  }

  static List<Step> steps(@Nullable Object list) {
    return Plain.list(list).stream().map(s -> step(Fields.of(s))).toList();
  }

  private static Step step(Fields step) {
    var type = StepType.valueOf(step.text("type"));
    return new Step(
        step.text("id"),
        step.maybe("name"),
        type,
        ConfigDecoder.config(type, step.in("config")),
        step.texts("dependsOn"),
        step.maybeExpression("condition"),
        step.has("retry") ? retry(step.in("retry")) : null,
        step.duration("timeout"),
        step.duration("attemptTimeout"),
        onError(step),
        steps(step.get("compensate")),
        step.maybeTemplate("output"));
  }

  private static Retry retry(Fields retry) {
    var strategy = retry.choice("strategy", Strategy.EXPONENTIAL);
    var first = retry.duration("initialDelay", FIRST_DELAY);
    var most = retry.duration("maxDelay", LONGEST_DELAY);
    return new Retry(
        strategy,
        strategy == Strategy.NONE ? 1 : retry.number("maxAttempts", 3),
        first,
        most.compareTo(first) < 0 ? first : most,
        retry.flag("jitter", true),
        retry.maybeExpression("when"),
        retry.texts("on"));
  }

  private static OnError onError(Fields step) {
    var handler = step.in("onError");
    if (handler.has("steps")) {
      return new OnError.Handle(steps(handler.get("steps")), handler.maybeTemplate("output"));
    }
    boolean goesOn =
        "CONTINUE".equals(step.get("onError")) || "CONTINUE".equals(handler.get("action"));
    return goesOn ? new OnError.Continue(handler.maybeTemplate("output")) : OnError.FAIL;
  }
}
