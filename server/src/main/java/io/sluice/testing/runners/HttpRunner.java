package io.sluice.testing.runners;

import io.sluice.guard.Answer;
import io.sluice.guard.CallFailure;
import io.sluice.guard.Headers;
import io.sluice.guard.NotNow;
import io.sluice.guard.Outbound;
import io.sluice.platform.Secrets;
import io.sluice.testing.CaseType;
import io.sluice.testing.model.Expansion.Bound;
import io.sluice.testing.model.HttpStep;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.Runner;
import io.sluice.testing.run.Trace;
import io.sluice.testing.run.Trace.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Sends requests one after the other, takes from the answers what later ones need, and checks
/// them.
@Component
final class HttpRunner implements Runner {
  /// More of a body is not shown in a step.
  private static final int SHOWN = 4_000;

  private final Outbound outbound;
  private final Secrets secrets;
  private final JsonMapper json;
  private final Requests requests;

  HttpRunner(Outbound outbound, Secrets secrets, JsonMapper json) {
    this.outbound = outbound;
    this.secrets = secrets;
    this.json = json;
    this.requests = new Requests(json);
  }

  @Override
  public CaseType type() {
    return CaseType.HTTP;
  }

  /// An answer as expressions read it.
  private record Seen(
      int status, Map<String, String> headers, @Nullable Object body, Duration took) {
    void into(Map<String, @Nullable Object> document) {
      document.put("status", status);
      document.put("headers", headers);
      document.put("body", body);
      document.put("timeMs", took.toMillis());
    }
  }

  @Override
  public Result run(ExecutionPlan plan, Trace trace) throws Exception {
    var began = trace.now();
    var extracted = new Extracted();
    @Nullable Seen last = null;
    for (var bound : plan.steps()) {
      if (!(bound.step() instanceof HttpStep step)) {
        throw new CaseError("WRONG_STEP", "Step " + bound.id() + " is no request", null);
      }
      var started = trace.now();
      last = send(plan, bound, step, extracted, trace);
      var checks = checked(plan, bound, step, extracted, last);
      trace.add(told(bound, step, last, checks, started));
      if (!checks.faults().isEmpty()) {
        return Result.failed(
            "Step %s, %s: %s".formatted(bound.id(), step.title(), checks.faults().getFirst()),
            String.join("\n", checks.faults()),
            result(last));
      }
    }
    var took = Duration.between(began, trace.now());
    return Result.passed(
        last == null ? Map.of() : result(last),
        extracted.vars(),
        extracted.observed(took, last == null ? null : last.body()));
  }

  private Seen send(
      ExecutionPlan plan, Bound bound, HttpStep step, Extracted extracted, Trace trace)
      throws InterruptedException {
    var rendering = new Rendering(secrets, plan, bound, extracted.vars());
    var started = trace.now();
    try {
      var call = requests.call(plan.tenant(), step.request(), rendering, trace.left());
      return seen(outbound.send(call));
    } catch (NotNow e) {
      throw e;
    } catch (RuntimeException e) {
      trace.add(cut(bound, step, e, started, trace.now()));
      if (e instanceof CallFailure.CallTimedOut) {
        trace.left(); // says so if it was the attempt's own time
      }
      throw e;
    }
  }

  private Seen seen(Answer answer) {
    var headers = new LinkedHashMap<String, String>();
    for (Headers.Line line : answer.headers().all()) {
      headers.merge(line.name().toLowerCase(Locale.ROOT), line.value(), (a, b) -> a + ", " + b);
    }
    return new Seen(answer.status(), headers, body(answer), answer.took());
  }

  /// JSON where it is some, else text; null where there is none.
  private @Nullable Object body(Answer answer) {
    if (answer.body().length == 0) {
      return null;
    }
    var type = answer.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    var text = answer.text();
    if (type.contains("json") || text.startsWith("{") || text.startsWith("[")) {
      try {
        return json.readValue(text, Object.class);
      } catch (JacksonException _) {
        return text;
      }
    }
    return text;
  }

  private static Checks checked(
      ExecutionPlan plan, Bound bound, HttpStep step, Extracted extracted, Seen seen) {
    var expect = step.expect();
    var checks = new Checks();
    checks.that(
        expect.status().stream().anyMatch(range -> range.has(seen.status())),
        "the status is %d, not %s".formatted(seen.status(), expect.status()));
    var document = bound.scope(plan.document(extracted.vars()));
    expect
        .headers()
        .forEach((name, template) -> {
          var wanted = String.valueOf(template.render(document));
          var found = seen.headers().get(name.toLowerCase(Locale.ROOT));
          checks.that(
              found != null && found.contains(wanted),
              "header %s is %s; '%s' should be in it".formatted(name, found, wanted));
        });
    checks.paths(expect.paths(), seen.body(), document);
    seen.into(document);
    checks.assertions(expect.assertions(), document);
    checks.schema(expect.schema(), seen.body());
    checks.within(expect.maxTime(), seen.took());
    step.extract().forEach((name, what) -> extracted.put(name, what.evaluate(document)));
    return checks;
  }

  private Trace.Step told(Bound bound, HttpStep step, Seen seen, Checks checks, Instant started) {
    var detail = new LinkedHashMap<String, @Nullable Object>();
    detail.put("step", bound.id());
    detail.put("method", step.request().method());
    detail.put("status", seen.status());
    detail.put("headers", secrets.redact((Object) seen.headers()));
    detail.put("body", shown(seen.body()));
    detail.put("checks", checks.made());
    if (!checks.faults().isEmpty()) {
      detail.put("faults", secrets.redact((Object) checks.faults()));
    }
    boolean good = checks.faults().isEmpty();
    return new Trace.Step(
        step.title(),
        good ? StepStatus.PASSED : StepStatus.FAILED,
        good ? "status " + seen.status() : secrets.redact(checks.faults().getFirst()),
        started,
        seen.took(),
        detail);
  }

  private Trace.Step cut(
      Bound bound, HttpStep step, RuntimeException failure, Instant started, Instant now) {
    return new Trace.Step(
        step.title(),
        StepStatus.FAILED,
        secrets.redact(String.valueOf(failure.getMessage())),
        started,
        Duration.between(started, now),
        Map.of("step", bound.id()));
  }

  private @Nullable Object shown(@Nullable Object body) {
    if (body == null) {
      return null;
    }
    var text = body instanceof String s ? s : json.writeValueAsString(body);
    return text.length() <= SHOWN
        ? secrets.redact(body)
        : secrets.redact(text.substring(0, SHOWN)) + "…";
  }

  private Map<String, @Nullable Object> result(Seen seen) {
    var out = new LinkedHashMap<String, @Nullable Object>();
    out.put("status", seen.status());
    out.put("body", seen.body());
    out.put("timeMs", seen.took().toMillis());
    return out;
  }
}
