package io.sluice.workflow.model.reading;

import io.sluice.sources.Findings;
import io.sluice.sources.JsonSchema;
import io.sluice.sources.Plain;
import io.sluice.workflow.model.StatusRange;
import io.sluice.workflow.model.reading.Outline.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rules that a schema can not say: of times, retries, names, URLs, schemas within.
final class ValueCheck {
  /// Names that are routes.
  private static final Set<String> RESERVED = Set.of("schema", "validate");

  private final Findings findings;
  private @Nullable Duration whole;

  ValueCheck(Findings findings) {
    this.findings = findings;
  }

  void definition(Map<String, @Nullable Object> raw, Outline outline) {
    name(Plain.text(raw.get("name")));
    whole = positive(raw.get("timeout"), "/timeout");
    schema(raw.get("inputSchema"), "/inputSchema");
    outline.steps().forEach(this::step);
  }

  private void name(String name) {
    boolean id = false;
    try {
      id = UUID.fromString(name).toString().equals(name);
    } catch (IllegalArgumentException e) {
      // Most names are none.
    }
    if (id || RESERVED.contains(name)) {
      findings.error(
          "BAD_NAME", "/name", "'" + name + "' is taken for something else; choose another");
    }
  }

  private void step(Node step) {
    var timeout = positive(step.raw().get("timeout"), step.pointer() + "/timeout");
    var attempt = positive(step.raw().get("attemptTimeout"), step.pointer() + "/attemptTimeout");
    if (timeout != null && attempt != null && attempt.compareTo(timeout) > 0) {
      findings.error(
          "BAD_TIMEOUT",
          step.pointer() + "/attemptTimeout",
          "One attempt may take longer than the whole step; make it at most " + timeout);
    }
    if (timeout != null && whole != null && timeout.compareTo(whole) > 0) {
      findings.warning(
          "TIMEOUT_NEVER_REACHED",
          step.pointer() + "/timeout",
          "The workflow's own timeout, " + whole + ", ends the step before");
    }
    retry(Plain.map(step.raw().get("retry")), step.pointer() + "/retry");
    onError(Plain.map(step.raw().get("onError")), step.pointer() + "/onError");
    config(step, step.config(), step.pointer() + "/config");
  }

  private void retry(Map<String, @Nullable Object> retry, String at) {
    var first = duration(retry.get("initialDelay"));
    var most = duration(retry.get("maxDelay"));
    if (first != null && most != null && most.compareTo(first) < 0) {
      findings.error(
          "BAD_RETRY",
          at + "/maxDelay",
          "is less than initialDelay; make it " + first + " or more");
    }
    boolean none = "NONE".equals(retry.get("strategy"));
    if (none && retry.get("maxAttempts") instanceof Number n && n.intValue() > 1) {
      findings.error(
          "BAD_RETRY",
          at + "/maxAttempts",
          "With strategy NONE there is one attempt; leave this out or choose another strategy");
    }
  }

  private void onError(Map<String, @Nullable Object> handler, String at) {
    if (handler.containsKey("steps") && handler.containsKey("action")) {
      findings.error("BAD_SHAPE", at, "has both action and steps; leave one out");
    } else if (handler.containsKey("output")
        && !handler.containsKey("steps")
        && !"CONTINUE".equals(handler.get("action"))) {
      findings.error("BAD_SHAPE", at, "has an output that nobody sees; write action: CONTINUE");
    }
  }

  private void config(Node step, Map<String, @Nullable Object> config, String at) {
    switch (step.type()) {
      case "HTTP_REQUEST" -> http(config, at);
      case "WEBHOOK_CALL" -> {
        url(config.get("url"), at + "/url");
        statuses(config, at);
        service(config, at);
      }
      case "WAIT" -> waiting(config, at);
      case "HUMAN_TASK" -> {
        schema(config.get("form"), at + "/form");
        timed(config, at);
      }
      case "VALIDATION" -> schema(config.get("schema"), at + "/schema");
      default -> {}
    }
  }

  private void http(Map<String, @Nullable Object> config, String at) {
    url(config.get("url"), at + "/url");
    statuses(config, at);
    service(config, at);
    var body = Plain.map(config.get("body"));
    var method = config.get("method");
    if (!body.isEmpty() && (method == null || "GET".equals(method) || "HEAD".equals(method))) {
      findings.warning(
          "BODY_IGNORED",
          at + "/body",
          (method == null ? "GET" : method)
              + " has no body that servers read; choose another method");
    }
    var bytes = Plain.text(body.get("base64"));
    if (!bytes.contains("${")) {
      try {
        Base64.getDecoder().decode(bytes);
      } catch (IllegalArgumentException e) {
        findings.error("BAD_FORMAT", at + "/body/base64", "is not base64");
      }
    }
  }

  private void service(Map<String, @Nullable Object> config, String at) {
    if (!config.containsKey("service")) {
      findings.warning(
          "SERVICE_FROM_URL",
          at,
          "No service is named, so that the host of the URL is taken: its circuit breaker and limits"
              + " are shared by all that call this host");
    }
  }

  private void statuses(Map<String, @Nullable Object> config, String at) {
    var list = Plain.list(config.get("expectedStatus"));
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text
          && text.contains("-")
          && StatusRange.read(text).isEmpty()) {
        findings.error("BAD_FORMAT", at + "/expectedStatus/" + i, "runs backwards; swap the two");
      }
    }
  }

  /// What stands before the first `${` can be looked at.
  private void url(@Nullable Object value, String at) {
    var url = Plain.text(value);
    int hole = url.indexOf("${");
    if (hole == 0 || url.isEmpty()) {
      return;
    }
    var fixed = hole < 0 ? url : url.substring(0, hole);
    boolean http = fixed.matches("(?i)https?://.*") || (hole > 0 && "https://".startsWith(fixed));
    if (!http || (hole < 0 && !hasHost(url))) {
      findings.error("BAD_URL", at, "must be an absolute URL, as https://host/path");
    } else if (fixed.matches("(?i)https?://[^/?#]*@.*")) {
      findings.error("BAD_URL", at, "has a user or password in it; say them in auth, from secrets");
    }
  }

  private static boolean hasHost(String url) {
    try {
      return new URI(url).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private void waiting(Map<String, @Nullable Object> config, String at) {
    var duration = Plain.text(config.get("duration"));
    if (!duration.isEmpty() && !duration.contains("${") && !isSpan(duration)) {
      findings.error("BAD_FORMAT", at + "/duration", "is no duration: write ISO 8601, e.g. PT30S");
    }
    var until = Plain.text(config.get("until"));
    if (!until.isEmpty() && !until.contains("${") && !isTime(until)) {
      findings.error(
          "BAD_FORMAT",
          at + "/until",
          "is no time: write RFC 3339, e.g. 2026-01-31T08:00:00Z, or ${…} that gives one");
    }
    if (config.containsKey("timeout") && (!duration.isEmpty() || !until.isEmpty())) {
      findings.error("BAD_TIMEOUT", at + "/timeout", "belongs to signal and event only; remove it");
    }
    if (config.containsKey("signal") || config.containsKey("event")) {
      timed(config, at);
    }
  }

  private void timed(Map<String, @Nullable Object> config, String at) {
    var timeout = positive(config.get("timeout"), at + "/timeout");
    if (timeout == null && whole == null) {
      findings.warning(
          "WAITS_FOR_EVER",
          at,
          "Neither this nor the workflow has a timeout: it may wait for ever");
    }
  }

  private static boolean isSpan(String text) {
    var span = duration(text);
    return span != null && !span.isNegative();
  }

  private static boolean isTime(String text) {
    try {
      return OffsetDateTime.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private @Nullable Duration positive(@Nullable Object value, String at) {
    var duration = duration(value);
    if (duration != null && duration.isZero()) {
      findings.error("BAD_TIMEOUT", at, "must be longer than nothing");
      return null;
    }
    return duration;
  }

  /// Null if it is none; if it should be one, the schema has said so.
  private static @Nullable Duration duration(@Nullable Object value) {
    try {
      return value instanceof String text ? Duration.parse(text) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private void schema(@Nullable Object value, String at) {
    if (value instanceof Map<?, ?>) {
      for (var fault : JsonSchema.faults(Plain.map(value))) {
        findings.error(
            "BAD_SCHEMA", at + fault.pointer(), "is no JSON Schema (2020-12): " + fault.message());
      }
    }
  }
}
