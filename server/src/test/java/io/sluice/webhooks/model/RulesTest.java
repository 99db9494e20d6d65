package io.sluice.webhooks.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.TenantId;
import io.sluice.expression.Expression;
import io.sluice.webhooks.WebhookDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final UUID ID = new UUID(1, 2);
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(5)));
  private static final Duration THROTTLE = Duration.ofSeconds(10);

  private static EventDocument event(String type, String code, Object payload) {
    return new EventDocument(ID, type, "error", code, null, new UUID(3, 4), payload, NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "*, document, document.embedded, true",
    "document, document, document.embedded, true",
    "document.embedded, document, document.embedded, true",
    "document.*, document, document.embedded, true",
    "document.e, document, document.embedded, false",
    "documents, document, document.embedded, false",
    "error.ENCRYPTED, error, ENCRYPTED, true",
    "ENC*, error, ENCRYPTED, true",
    "*, webhook, webhook.disabled, false",
    "webhook, webhook, webhook.disabled, true",
    "webhook.*, webhook, webhook.disabled, true"
  })
  void aPatternStandsForEvents(String pattern, String type, String code, boolean matches) {
    assertThat(EventPattern.any(List.of("never", pattern), event(type, code, Map.of())))
        .isEqualTo(matches);
  }

  private static Subscriber subscriber(String filter) {
    return new Subscriber(
        ID, TenantId.DEFAULT, List.of("*", "webhook.*"), Expression.of(filter), NOW);
  }

  @Test
  void aFilterLooksAtTheEvent() {
    var filter = subscriber("severity = 'error' and payload.count > 2");
    assertThat(filter.wants(TenantId.DEFAULT, event("x", "y", Map.of("count", 3)))).isTrue();
    assertThat(filter.wants(TenantId.DEFAULT, event("x", "y", Map.of("count", 2)))).isFalse();
    assertThat(filter.wants(TenantId.DEFAULT, event("x", "y", Map.of("count", "many")))).isFalse();
    assertThat(filter.wants(new TenantId(ID), event("x", "y", Map.of("count", 3)))).isFalse();
  }

  @Test
  void noWebhookIsToldOfWhatWasBeforeNorOfItsOwnTroubles() {
    var all = subscriber("true");
    var early = new EventDocument(ID, "x", "info", "y", null, null, Map.of(), NOW.minusMillis(1));
    assertThat(all.wants(TenantId.DEFAULT, early)).isFalse();
    var own = new EventDocument(ID, "webhook", "error", "webhook.disabled", null, ID, null, NOW);
    assertThat(all.wants(TenantId.DEFAULT, own)).isFalse();
    assertThat(all.wants(TenantId.DEFAULT, event("webhook", "webhook.disabled", Map.of())))
        .isTrue();
    var circuit =
        event("breaker", "circuit.opened", Map.of("service", "webhook:" + new UUID(7, 7)));
    assertThat(all.wants(TenantId.DEFAULT, circuit)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"200", "204", "299"})
  void twoHundredsArrived(int status) {
    assertThat(judge(status, null, 1)).isInstanceOf(Judgement.Delivered.class);
  }

  private static Judgement judge(Integer status, Duration retryAfter, int attempt) {
    return Judgement.of(
        new Reaction(status, retryAfter, null),
        new Judgement.Attempt(SCHEDULE, attempt, ID),
        THROTTLE);
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "307", "400", "404", "500", "501"})
  void whatElseIsAFailureRedirectsIncluded(int status) {
    var again = (Judgement.Again) judge(status, null, 1);
    assertThat(again.in()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500));
    assertThat(again.pause()).isNull();
    assertThat(judge(status, null, 3)).isEqualTo(new Judgement.Exhausted(null));
  }

  @Test
  void goneIsGone() {
    assertThat(judge(410, null, 1)).isInstanceOf(Judgement.Gone.class);
  }

  @ParameterizedTest
  @CsvSource({"429", "502", "503", "504"})
  void aBusyReceiverGetsAPause(int status) {
    assertThat(((Judgement.Again) judge(status, null, 1)).pause()).isEqualTo(THROTTLE);
    var asked = (Judgement.Again) judge(status, Duration.ofMinutes(9), 1);
    assertThat(asked.pause()).isEqualTo(Duration.ofMinutes(9));
    assertThat(asked.in()).isEqualTo(Duration.ofMinutes(9));
    var shorter = (Judgement.Again) judge(status, Duration.ofSeconds(1), 2);
    assertThat(shorter.in()).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void noAnswerIsTriedAgain() {
    var none =
        Judgement.of(
            Reaction.none("nobody listens"), new Judgement.Attempt(SCHEDULE, 2, ID), THROTTLE);
    assertThat(((Judgement.Again) none).in()).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void jitterIsDrawnFromTheDelivery() {
    var delays =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(i -> SCHEDULE.after(2, new UUID(0, i * 7919L)))
            .toList();
    assertThat(delays)
        .allMatch(d -> d.compareTo(Duration.ofMinutes(5)) >= 0)
        .allMatch(d -> d.compareTo(Duration.ofSeconds(330)) <= 0);
    assertThat(delays.stream().distinct().count()).isGreaterThan(40);
    assertThat(SCHEDULE.after(2, ID)).isEqualTo(SCHEDULE.after(2, ID));
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    assertThat(Reaction.retryAfter("17", NOW)).isEqualTo(Duration.ofSeconds(17));
    assertThat(Reaction.retryAfter("Wed, 25 Nov 2026 12:01:00 GMT", NOW))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(Reaction.retryAfter("Wed, 25 Nov 2026 11:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
    assertThat(Reaction.retryAfter("999999999", NOW)).isEqualTo(Duration.ofHours(24));
    assertThat(Reaction.retryAfter("soon", NOW)).isNull();
    assertThat(Reaction.retryAfter(null, NOW)).isNull();
  }

  @Test
  void credentialsAreHiddenAndPutBack() {
    var headers = Map.of("Authorization", "Bearer x", "X-Team", "red", "X-Api-Key", "k");
    var shown = HeaderRules.shown(headers);
    assertThat(shown)
        .containsEntry("Authorization", "***")
        .containsEntry("X-Api-Key", "***")
        .containsEntry("X-Team", "red");
    assertThat(HeaderRules.restored(shown, headers)).isEqualTo(headers);
    assertThat(HeaderRules.restored(Map.of("authorization", "***"), headers))
        .isEqualTo(Map.of("authorization", "Bearer x"));
  }

  @Test
  void aDraftIsToldAllThatIsWrong() {
    var draft =
        new WebhookDraft(
            " ",
            "ftp://x",
            null,
            List.of("a b", "*x"),
            "payload.",
            Map.of("webhook-id", "x", "X-A", "a\nb"),
            true);
    assertThat(DraftRules.faults(draft))
        .extracting(f -> f.pointer())
        .containsExactlyInAnyOrder(
            "/name",
            "/url",
            "/types/0",
            "/types/1",
            "/filter",
            "/headers/webhook-id",
            "/headers/X-A");
    for (var url : List.of("https://", "https://u:p@x.example/", "x", "https://x/#a", "http://[")) {
      assertThat(DraftRules.faults(good(url))).as(url).hasSize(1);
    }
    assertThat(DraftRules.faults(good("https://x.example:8443/a?b=c"))).isEmpty();
  }

  private static WebhookDraft good(String url) {
    return new WebhookDraft("n", url, null, List.of("*"), null, Map.of(), true);
  }

  @Test
  void greetingsAreKnown() {
    assertThat(Greeting.challenge(call("{\"type\":\"url_verification\",\"challenge\":\"abc-1\"}")))
        .contains("abc-1");
    assertThat(Greeting.challenge(call("{\"type\":\"event\",\"challenge\":\"abc-1\"}"))).isEmpty();
    assertThat(Greeting.challenge(call("{\"type\":\"url_verification\",\"challenge\":\"<b>\"}")))
        .isEmpty();
  }

  private static io.sluice.webhooks.IncomingCall call(String body) {
    return new io.sluice.webhooks.IncomingCall(
        Map.of(), Map.of(), body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
