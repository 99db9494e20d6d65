package io.sluice.workflow.steps;

import io.sluice.engine.StepKey;
import io.sluice.guard.CallOptions;
import io.sluice.guard.Headers;
import io.sluice.platform.Secrets;
import io.sluice.webhooks.SigningSecret;
import io.sluice.webhooks.StandardSignature;
import io.sluice.workflow.model.WebhookCall;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// WEBHOOK_CALL. Gives `{status, id}`. Its message has the same id in every attempt.
final class WebhookCallStep {
  private final Calls calls;
  private final Secrets secrets;

  WebhookCallStep(Calls calls, Secrets secrets) {
    this.calls = calls;
    this.secrets = secrets;
  }

  StepResult run(WebhookCall config, StepCall call) throws InterruptedException {
    var key = StepKey.current().map(StepKey::value).orElse(call.path());
    var id = "msg_" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    var event = new LinkedHashMap<String, @Nullable Object>();
    event.put("type", config.eventType());
    event.put("timestamp", call.now().toString());
    event.put("data", call.render(config.payload()));
    var body = Texts.json(event).getBytes(StandardCharsets.UTF_8);
    var request = request(config, call, id, body);
    var answer =
        calls.send(
            request,
            call,
            CallOptions.DEFAULT.failingOn(
                s -> s >= 500 && !HttpRequestStep.expected(config.expectedStatus(), s)));
    if (!HttpRequestStep.expected(config.expectedStatus(), answer.status())) {
      throw StepFailure.answered(
          "UNEXPECTED_STATUS",
          "POST " + request.place() + " was answered with " + answer.status(),
          HttpRequestStep.passes(answer.status()),
          new StepFailure.Details(
              answer.status(),
              HttpRequestStep.body(answer),
              RetryAfter.of(answer.headers()).orElse(null)));
    }
    var output = new LinkedHashMap<String, @Nullable Object>();
    output.put("id", id);
    output.put("status", answer.status());
    request.shown().put("body", event);
    return new StepResult(output, request.shown());
  }

  private HttpRequests.Prepared request(WebhookCall config, StepCall call, String id, byte[] body) {
    var url = String.valueOf(call.text(config.url()));
    var headers = Headers.of(HttpRequests.headers(config.headers(), call));
    var at = call.now();
    headers =
        headers
            .and("Content-Type", "application/json")
            .and(StandardSignature.ID, id)
            .and(StandardSignature.TIMESTAMP, Long.toString(at.getEpochSecond()));
    if (config.secret() != null) {
      var secrets = List.of(secret(config.secret()));
      headers =
          headers.and(StandardSignature.SIGNATURE, StandardSignature.sign(secrets, id, at, body));
    }
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("method", "POST");
    shown.put("url", url);
    return new HttpRequests.Prepared(
        HttpRequests.service(config.service(), url), "POST", url, headers, body, shown);
  }

  private SigningSecret secret(String name) {
    var text = secrets.get(name).orElseThrow(() -> SecretValues.unknown(name));
    try {
      return SigningSecret.parse(text);
    } catch (IllegalArgumentException e) {
      // What is wrong with it is told without it.
      throw StepFailure.lasting("BAD_SECRET", "The secret '" + name + "' " + e.getMessage());
    }
  }
}
