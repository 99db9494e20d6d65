package io.sluice.webhooks.work;

import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.CallFailure;
import io.sluice.guard.CallOptions;
import io.sluice.guard.Headers;
import io.sluice.guard.NotNow;
import io.sluice.guard.Outbound;
import io.sluice.webhooks.DeliveryView.Attempt;
import io.sluice.webhooks.StandardSignature;
import io.sluice.webhooks.WebhookSettings;
import io.sluice.webhooks.model.Excerpt;
import io.sluice.webhooks.model.HeaderRules;
import io.sluice.webhooks.model.Reaction;
import io.sluice.webhooks.model.Subscriber;
import io.sluice.webhooks.store.DeliveryStore;
import io.sluice.webhooks.store.WebhookStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes one attempt: signs, calls, and says what came back.
@Component
class Messenger {
  private final Outbound outbound;
  private final Sealed sealed;
  private final WebhookSettings settings;
  private final InstantSource clock;

  Messenger(Outbound outbound, Sealed sealed, WebhookSettings settings, InstantSource clock) {
    this.outbound = outbound;
    this.sealed = sealed;
    this.settings = settings;
    this.clock = clock;
  }

  /// What an attempt came to.
  record Sent(Attempt attempt, Reaction reaction) {}

  /// Sends a delivery.
  ///
  /// @param number of the attempt, for the history
  /// @throws NotNow if nothing was sent
  Sent send(WebhookStore.Row webhook, DeliveryStore.Row delivery, int number)
      throws InterruptedException {
    var at = clock.instant();
    var own = sealed.headers(webhook);
    var headers = new LinkedHashMap<>(own);
    headers.putAll(signed(delivery, at));
    var told = new Told(number, at, shown(own, headers));
    var call =
        new Call(
            webhook.tenant(),
            Subscriber.SERVICE + webhook.id(),
            "POST",
            webhook.url(),
            Headers.of(headers),
            delivery.body().getBytes(StandardCharsets.UTF_8),
            CallOptions.DEFAULT.within(settings.timeout()));
    long began = System.nanoTime();
    try {
      return answered(told, outbound.send(call));
    } catch (NotNow notNow) {
      throw notNow;
    } catch (CallFailure.Passing | CallFailure.Lasting failure) {
      var took = Duration.ofNanos(System.nanoTime() - began);
      return told.failed(took, ((CallFailure) failure).code(), failure.getMessage());
    }
  }

  private Map<String, String> signed(DeliveryStore.Row delivery, Instant at) {
    var body = delivery.body().getBytes(StandardCharsets.UTF_8);
    var secrets = sealed.valid(delivery.webhook());
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("user-agent", "Sluice");
    headers.put(StandardSignature.ID, delivery.message());
    headers.put(StandardSignature.TIMESTAMP, Long.toString(at.getEpochSecond()));
    headers.put(
        StandardSignature.SIGNATURE, StandardSignature.sign(secrets, delivery.message(), at, body));
    return headers;
  }

  private static Map<String, String> shown(Map<String, String> own, Map<String, String> all) {
    var shown = new LinkedHashMap<>(all);
    shown.putAll(HeaderRules.shown(own));
    return shown;
  }

  private static Sent answered(Told told, Answer answer) {
    var headers = new LinkedHashMap<String, String>();
    answer
        .headers()
        .all()
        .forEach(line -> headers.merge(line.name(), line.value(), (a, b) -> a + ", " + b));
    var retryAfter =
        Reaction.retryAfter(
            answer.headers().first("Retry-After").orElse(null), told.at().plus(answer.took()));
    var attempt =
        new Attempt(
            told.number(),
            told.at(),
            answer.took().toMillis(),
            told.headers(),
            answer.status(),
            HeaderRules.shown(headers),
            Excerpt.text(answer.body(), Excerpt.OF_ANSWER),
            null,
            null);
    return new Sent(attempt, new Reaction(answer.status(), retryAfter, null));
  }

  /// What was sent.
  record Told(int number, Instant at, Map<String, String> headers) {
    /// Without an answer.
    Sent failed(Duration took, String code, @Nullable String message) {
      var error = message == null ? code : message;
      return new Sent(
          new Attempt(number, at, took.toMillis(), headers, null, null, null, code, error),
          Reaction.none(error));
    }
  }
}
