package io.sluice.workflow.steps;

import io.sluice.guard.Answer;
import io.sluice.guard.CallOptions;
import io.sluice.workflow.model.HttpRequest;
import io.sluice.workflow.model.StatusRange;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// HTTP_REQUEST. Gives `{status, headers, body}`, and what is extracted beside them.
final class HttpRequestStep {
  private static final int REDIRECTS = 5;
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final int SHOWN = 300;

  private final Calls calls;

  HttpRequestStep(Calls calls) {
    this.calls = calls;
  }

  StepResult run(HttpRequest config, StepCall call) throws InterruptedException {
    var request = HttpRequests.of(config, call);
    var answer = calls.send(request, call, options(config));
    var output = output(answer);
    if (!expected(config, answer.status())) {
      throw unexpected(request, answer, output);
    }
    if (!config.extract().isEmpty()) {
      var scope = new io.sluice.expression.Scope(Map.copyOf(nonNull(output)), call.now());
      config.extract().forEach((name, expression) -> output.put(name, expression.evaluate(scope)));
    }
    return new StepResult(output, request.shown());
  }

  private static CallOptions options(HttpRequest config) {
    var options =
        CallOptions.DEFAULT
            .following(config.followRedirects() ? REDIRECTS : 0)
            .failingOn(status -> status >= 500 && !expected(config, status));
    return config.maxResponseBytes() == null
        ? options
        : options.atMost(DataSize.ofBytes(config.maxResponseBytes()));
  }

  private static boolean expected(HttpRequest config, int status) {
    return config.expectedStatus().stream().anyMatch(range -> range.contains(status));
  }

  /// Whether a status says that another attempt may help.
  static boolean passes(int status) {
    return status >= 500 || PASSING.contains(status);
  }

  static Map<String, @Nullable Object> output(Answer answer) {
    var headers = new LinkedHashMap<String, @Nullable Object>();
    for (var line : answer.headers().all()) {
      headers.merge(line.name().toLowerCase(Locale.ROOT), line.value(), (a, b) -> a + ", " + b);
    }
    var output = new LinkedHashMap<String, @Nullable Object>();
    output.put("status", answer.status());
    output.put("headers", headers);
    output.put("body", body(answer));
    return output;
  }

  private static Map<String, @Nullable Object> nonNull(Map<String, @Nullable Object> output) {
    var some = new LinkedHashMap<String, @Nullable Object>(output);
    some.values().removeIf(java.util.Objects::isNull);
    return some;
  }

  /// Parsed where it says that it is JSON, text where it is text, else base64.
  static @Nullable Object body(Answer answer) {
    if (answer.body().length == 0) {
      return null;
    }
    var type = answer.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.contains("json")) {
      return Texts.parsed(answer.text());
    }
    boolean text =
        type.isEmpty()
            || type.startsWith("text/")
            || List.of("xml", "javascript", "urlencoded", "yaml", "csv").stream()
                .anyMatch(type::contains);
    return text ? answer.text() : Base64.getEncoder().encodeToString(answer.body());
  }

  private static StepFailure unexpected(
      HttpRequests.Prepared request, Answer answer, Map<String, @Nullable Object> output) {
    var details =
        new StepFailure.Details(
            answer.status(), output.get("body"), RetryAfter.of(answer.headers()).orElse(null));
    var said = Texts.of(output.get("body"));
    var message =
        request.method()
            + " "
            + request.place()
            + " was answered with "
            + answer.status()
            + (said == null
                ? ""
                : ": " + (said.length() > SHOWN ? said.substring(0, SHOWN) : said));
    return StepFailure.answered("UNEXPECTED_STATUS", message, passes(answer.status()), details);
  }

  /// The statuses that count as success where nothing else is said.
  static boolean expected(List<StatusRange> ranges, int status) {
    return ranges.stream().anyMatch(range -> range.contains(status));
  }
}
