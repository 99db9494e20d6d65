package io.sluice.workflow.triggers;

import static io.sluice.workflow.triggers.TriggerCalls.draft;
import static io.sluice.workflow.triggers.TriggerCalls.json;
import static io.sluice.workflow.triggers.TriggerCalls.path;
import static io.sluice.workflow.triggers.TriggerCalls.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EventTriggersTest {
  private static final TriggerCalls CALLS = new TriggerCalls(SharedServer.calls());
  private static final String ECHO = CALLS.echo();

  private static String type() {
    return unique("order").replace("-", ".x");
  }

  private static JsonNode on(String type, String filter) {
    return CALLS.create(
        draft(
            "event",
            ECHO,
            filter == null ? Map.of("type", type) : Map.of("type", type, "filter", filter)));
  }

  @Test
  void anEventFiresTheTriggerOnceAndGivesItsPayload() {
    var type = type();
    var made = on(type, null);
    var event = CALLS.publish(type, Map.of("amount", 12));
    var fired = CALLS.firings(made, "started", 1).getFirst();
    assertThat(fired.get("sourceId").asString()).isEqualTo(event.toString());
    assertThat(fired.get("depth").asInt()).isOne();
    assertThat(CALLS.ended(fired).get("output").get("amount").asInt()).isEqualTo(12);
    CALLS.publish(type, Map.of("amount", 13));
    assertThat(CALLS.firings(made, "started", 2)).hasSize(2);
  }

  @Test
  void theFilterAndTheWildcardChoose() {
    var type = type();
    var large = on(type, "payload.amount > 100");
    var about = on(type, "event.payload.amount <= 100");
    var all = on(type.substring(0, type.length() - 3) + "*", null);
    CALLS.publish(type, Map.of("amount", 5));
    CALLS.publish(type, Map.of("amount", 500));
    assertThat(CALLS.firings(all, "started", 2)).hasSize(2);
    var fired = CALLS.firings(large, "started", 1);
    assertThat(CALLS.execution(fired.getFirst()).get("input").get("amount").asInt()).isEqualTo(500);
    assertThat(CALLS.firings(about, "started", 1)).hasSize(1);
  }

  @Test
  void aFilterThatFailsIsInTheHistory() {
    var type = type();
    var made = on(type, "payload.amount + 1 > 2");
    CALLS.publish(type, Map.of("amount", "much"));
    var failed = CALLS.firings(made, "failed", 1).getFirst();
    assertThat(failed.get("reason").get("code").asString()).startsWith("EXPRESSION_");
  }

  @Test
  void whatHappenedBeforeItWasEnabledIsNotForIt() {
    var type = type();
    var witness = on(type, null);
    var made = on(type, null);
    CALLS.http().post(path(made) + "/disable", "").json(200);
    CALLS.publish(type, Map.of("n", 1));
    CALLS.firings(witness, "started", 1);
    CALLS.http().post(path(made) + "/enable", "").json(200);
    CALLS.publish(type, Map.of("n", 2));
    var fired = CALLS.firings(made, "started", 1);
    CALLS.firings(witness, "started", 2);
    assertThat(fired).hasSize(1);
    assertThat(CALLS.execution(fired.getFirst()).get("input").get("n").asInt()).isEqualTo(2);
  }

  @Test
  void aCircleOfTriggersEndsAndSaysSo() {
    var type = type();
    var made = CALLS.create(draft("event", ECHO, Map.of("type", type + "*")));
    // Each event is about the execution that the one before has started.
    CALLS.publish(type, Map.of());
    for (int depth = 1; depth <= 10; depth++) {
      var newest = CALLS.firings(made, "started", depth).getFirst();
      assertThat(newest.get("depth").asInt()).isEqualTo(depth);
      CALLS.publish(Map.of("type", type, "subject", newest.get("executionId").asString()));
    }
    var refused = CALLS.firings(made, "refused", 1).getFirst();
    assertThat(refused.get("depth").asInt()).isEqualTo(11);
    assertThat(refused.get("reason").get("code").asString()).isEqualTo("TRIGGER_CHAIN_TOO_LONG");
    assertThat(CALLS.firings(made, "started")).hasSize(10);
  }

  @Test
  void aStepWaitsForAnEventAndItsFilter() {
    var type = type();
    var workflow =
        CALLS.workflow(
            "waits",
            Map.of(
                "id",
                "wait",
                "type",
                "WAIT",
                "config",
                Map.of("event", Map.of("type", type, "filter", "event.payload.id = input.id"))));
    var made = CALLS.create(draft("manual", workflow));
    var seven = CALLS.fire(made, Map.of("id", 7));
    var eight = CALLS.fire(made, Map.of("id", 8));
    awaitWaiting(type, 2);
    CALLS.publish(type, Map.of("id", 7, "value", "for seven"));
    assertThat(CALLS.ended(seven).get("output").get("value").asString()).isEqualTo("for seven");
    assertThat(CALLS.execution(eight).get("status").asString()).isEqualTo("waiting");
    CALLS.publish(type, Map.of("id", 8, "value", "for eight"));
    assertThat(CALLS.ended(eight).get("output").get("value").asString()).isEqualTo("for eight");
    awaitWaiting(type, 0);
  }

  /// The server has died between the beginning of the step and the note of it.
  @Test
  void anEventThatCameBeforeTheWaitWasNotedIsNotMissed() throws Exception {
    var type = type();
    var waiting = CALLS.fire(CALLS.create(draft("manual", CALLS.patient())), Map.of());
    var witness = on(type, null);
    CALLS.publish(type, Map.of("n", 1));
    CALLS.firings(witness, "started", 1);
    try (var owner = SharedServer.database().connectAsOwner();
        var statement = owner.createStatement()) {
      statement.execute(
          "insert into sluice.workflow_event_wait (execution_id, step, tenant_id, type, since) values"
              + " ('%s', 'x', '00000000-0000-7000-8000-000000000001', '%s', now() - interval '1 minute')"
                  .formatted(waiting.get("executionId").asString(), type));
    }
    awaitWaiting(type, 0);
    assertThat(
            CALLS.rowsOf(
                "select name || ' ' || payload::text from sluice_engine.signal where job_id = '%s'",
                waiting.get("executionId").asString()))
        .isEqualTo("event:x {\"value\": {\"n\": 1}}");
  }

  private static void awaitWaiting(String type, int count) {
    io.sluice.testing.Await.until(
        count + " steps wait for " + type,
        java.time.Duration.ofSeconds(30),
        () ->
            CALLS
                    .http()
                    .rows("select 1 from sluice.workflow_event_wait where type = '" + type + "'")
                    .size()
                == count);
  }

  @Test
  void anEventFromOutsideIsListedAsOneOfInfo() {
    var type = type();
    var subject = UUID.randomUUID();
    CALLS.publish(
        Map.of(
            "type", type, "code", type + ".placed", "subject", subject, "payload", Map.of("a", 1)));
    var listed = CALLS.http().get("/api/v1/events?type=" + type).json(200).get("items").get(0);
    assertThat(listed.get("severity").asString()).isEqualTo("info");
    assertThat(listed.get("code").asString()).isEqualTo(type + ".placed");
    assertThat(listed.get("subjectId").asString()).isEqualTo(subject.toString());
    assertThat(listed.get("payload").get("a").asInt()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "document, , /type",
    "order, document.deleted, /code",
    "trigger.fired, , /type",
    "Order, , /type",
    "a b, , /type",
    ", , /type"
  })
  void anEventFromOutsideDoesNotPassForOneOfTheServersOwn(String type, String code, String place) {
    var event = new java.util.LinkedHashMap<String, Object>();
    event.put("type", type == null ? "" : type);
    if (code != null) {
      event.put("code", code);
    }
    var problem = CALLS.http().post("/api/v1/events", json(event)).problem(400, "BAD_EVENT");
    assertThat(problem.get("errors").get(0).get("pointer").asString()).isEqualTo(place);
  }

  @Test
  void anEventFromOutsideIsSmallAndKnown() {
    var big = json(Map.of("type", "order", "payload", Map.of("x", "y".repeat(70_000))));
    CALLS.http().post("/api/v1/events", big).problem(413, "EVENT_TOO_LARGE");
    CALLS
        .http()
        .send(
            "POST",
            "/api/v1/events",
            BodyPublishers.fromPublisher(BodyPublishers.ofString(big)),
            Map.of("Content-Type", "application/json"))
        .problem(413, "EVENT_TOO_LARGE");
    var unknown =
        CALLS.http().post("/api/v1/events", "{\"typ\":\"order\"}").problem(400, "BAD_BODY");
    assertThat(unknown.get("errors").get(0).get("pointer").asString()).isEqualTo("/typ");
    CALLS
        .http()
        .post("/api/v1/events", "{\"type\":\"order\",\"payload\":[1]}")
        .problem(400, "BAD_BODY");
    CALLS.http().post("/api/v1/events", "").problem(400, "BAD_BODY");
    CALLS
        .http()
        .post("/api/v1/events", "{\"type\":\"order\",\"payload\":{\"a\":[\"\\u0000\"]}}")
        .problem(400, "BAD_EVENT");
  }

  @Test
  void anEventIsAnnouncedOnceAKey() {
    var type = type();
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    var body = json(Map.of("type", type));
    var first = CALLS.http().post("/api/v1/events", body, key).json(202);
    assertThat(CALLS.http().post("/api/v1/events", body, key).json(202)).isEqualTo(first);
    assertThat(CALLS.http().get("/api/v1/events?type=" + type).json(200).get("items").size())
        .isOne();
  }
}
