package io.sluice.workflow.triggers;

import static io.sluice.workflow.triggers.TriggerCalls.TRIGGERS;
import static io.sluice.workflow.triggers.TriggerCalls.draft;
import static io.sluice.workflow.triggers.TriggerCalls.id;
import static io.sluice.workflow.triggers.TriggerCalls.json;
import static io.sluice.workflow.triggers.TriggerCalls.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TriggersHttpTest {
  private static final TriggerCalls CALLS = new TriggerCalls(SharedServer.calls());
  private static final String ECHO = CALLS.echo();

  private static String place(JsonNode problem) {
    return problem.get("errors").get(0).get("pointer").asString();
  }

  @Test
  void aTriggerIsMadeReadChangedAndRemoved() {
    var draft = draft("manual", ECHO);
    var made = CALLS.create(draft);
    assertThat(made.get("enabled").asBoolean()).isTrue();
    var read = CALLS.http().get(path(made));
    assertThat(read.json(200)).isEqualTo(made);
    var tag = read.raw().headers().firstValue("ETag").orElseThrow();

    draft.put("description", "by hand");
    var changed = CALLS.put(made, draft, Map.of("If-Match", tag)).json(200);
    assertThat(changed.get("description").asString()).isEqualTo("by hand");
    assertThat(changed.get("revision").asInt()).isEqualTo(made.get("revision").asInt() + 1);
    CALLS.put(made, draft, Map.of("If-Match", tag)).problem(412, "TRIGGER_CHANGED");
    CALLS.put(made, draft, Map.of()).json(200);

    assertThat(CALLS.http().delete(path(made)).status()).isEqualTo(204);
    CALLS.http().get(path(made)).problem(404, "UNKNOWN_TRIGGER");
    CALLS.http().delete(path(made)).problem(404, "UNKNOWN_TRIGGER");
    CALLS.http().get(path(made) + "/firings").problem(404, "UNKNOWN_TRIGGER");
  }

  @Test
  void triggersAreFoundByWorkflowTypeAndState() {
    var workflow = CALLS.echo();
    var manual = CALLS.create(draft("manual", workflow));
    var event = draft("event", workflow, Map.of("type", "never.ever"));
    event.put("enabled", false);
    var off = CALLS.create(event);
    var all = CALLS.http().get(TRIGGERS + "?workflow=" + workflow).json(200).get("items");
    assertThat(all.valueStream().map(TriggerCalls::id)).containsExactly(id(off), id(manual));
    var first = CALLS.http().get(TRIGGERS + "?limit=1&workflow=" + workflow).json(200);
    var next =
        CALLS
            .http()
            .get(
                TRIGGERS
                    + "?limit=1&workflow="
                    + workflow
                    + "&cursor="
                    + first.get("nextCursor").asString())
            .json(200);
    assertThat(id(next.get("items").get(0))).isEqualTo(id(manual));
    assertThat(
            CALLS
                .http()
                .get(TRIGGERS + "?type=event&enabled=false&workflow=" + workflow)
                .json(200)
                .get("items")
                .size())
        .isOne();
    assertThat(
            CALLS
                .http()
                .get(TRIGGERS + "?enabled=true&type=event&workflow=" + workflow)
                .json(200)
                .get("items"))
        .isEmpty();
    CALLS.http().get(TRIGGERS + "?type=sundial").problem(400, "BAD_PARAMETER");
  }

  @Test
  void whatIsWrongIsNamedWithItsPlace() {
    var bad = draft("schedule", ECHO, Map.of("cron", "every day"));
    assertThat(place(CALLS.http().post(TRIGGERS, json(bad)).problem(400, "BAD_TRIGGER")))
        .isEqualTo("/schedule/cron");
    bad.put("schedule", Map.of("cron", "0 0 31 2 *"));
    assertThat(place(CALLS.http().post(TRIGGERS, json(bad)).problem(400, "BAD_TRIGGER")))
        .isEqualTo("/schedule/cron");
    var unknown = draft("manual", ECHO);
    unknown.put("inptu", 1);
    assertThat(place(CALLS.http().post(TRIGGERS, json(unknown)).problem(400, "BAD_BODY")))
        .isEqualTo("/inptu");
    var type = draft("sundial", ECHO);
    assertThat(place(CALLS.http().post(TRIGGERS, json(type)).problem(400, "BAD_BODY")))
        .isEqualTo("/type");
    var nowhere = draft("manual", "no-such-workflow");
    assertThat(place(CALLS.http().post(TRIGGERS, json(nowhere)).problem(400, "BAD_TRIGGER")))
        .isEqualTo("/workflow");
    var late = draft("manual", ECHO);
    late.put("version", 7);
    assertThat(place(CALLS.http().post(TRIGGERS, json(late)).problem(400, "BAD_TRIGGER")))
        .isEqualTo("/version");
    var made = CALLS.create(draft("manual", ECHO));
    var other = draft("event", ECHO, Map.of("type", "a"));
    assertThat(place(CALLS.put(made, other, Map.of()).problem(400, "BAD_TRIGGER")))
        .isEqualTo("/type");
  }

  @Test
  void aTriggerIsMadeOnceAKey() {
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    var draft =
        draft(
            "webhook",
            ECHO,
            Map.of("verification", "KEY", "key", Map.of("in", "HEADER", "name", "X-Key")));
    var first = CALLS.http().post(TRIGGERS, json(draft), key).json(201);
    assertThat(CALLS.http().post(TRIGGERS, json(draft), key).json(201)).isEqualTo(first);
    assertThat(first.get("secrets").get(0).asString()).hasSizeGreaterThan(30);
    var kept =
        CALLS.rowsOf(
            "select body::text from sluice.idempotency where key = '%s'",
            key.get("Idempotency-Key"));
    assertThat(kept).doesNotContain(first.get("secrets").get(0).asString());
    draft.put("name", "another");
    CALLS.http().post(TRIGGERS, json(draft), key).problem(422, "IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void firingByHandStartsTheWorkflowWithWhatTheTemplateMakesOfIt() {
    var draft = draft("manual", ECHO);
    draft.put(
        "input",
        Map.of("who", "${fire.input.name}", "by", "${trigger.name}", "list", "${fire.input.list}"));
    var made = CALLS.create(draft);
    var fired = CALLS.fire(made, Map.of("name", "Ada", "list", new int[] {1}));
    assertThat(fired.get("outcome").asString()).isEqualTo("started");
    assertThat(fired.get("why").asString()).isEqualTo("manual");
    var execution = CALLS.ended(fired);
    assertThat(execution.get("status").asString()).isEqualTo("completed");
    assertThat(execution.get("input").get("who").asString()).isEqualTo("Ada");
    assertThat(execution.get("input").get("by")).isEqualTo(made.get("name"));
    assertThat(execution.get("input").get("list").size()).isOne();
    assertThat(CALLS.firings(made)).containsExactly(fired);
  }

  @Test
  void aFiringByHandIsOneForAKey() {
    var made = CALLS.create(draft("manual", ECHO));
    var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    var body = json(Map.of("input", Map.of("n", 1)));
    var first = CALLS.http().post(path(made) + "/fire", body, key).json(202);
    var again = CALLS.http().post(path(made) + "/fire", body, key).json(202);
    assertThat(again).isEqualTo(first);
    assertThat(CALLS.firings(made)).hasSize(1);
  }

  @Test
  void whatCanNotBeStartedIsInTheHistoryAndToldTheCaller() {
    var gone = CALLS.echo();
    var draft = draft("manual", gone);
    var made = CALLS.create(draft);
    CALLS.remove(gone);
    CALLS.http().post(path(made) + "/fire", "{}").problem(409, "TRIGGER_NOT_STARTED");
    var failed = CALLS.firings(made).getFirst();
    assertThat(failed.get("outcome").asString()).isEqualTo("failed");
    assertThat(failed.get("reason").get("code").asString()).isNotBlank();
    assertThat(failed.has("executionId")).isFalse();
    draft.put("workflow", ECHO);
    CALLS.put(made, draft, Map.of()).json(200);
    CALLS.fire(made, Map.of());
    assertThat(CALLS.firings(made, "started")).hasSize(1);
    assertThat(
            CALLS.http().get(path(made) + "/firings?outcome=failed").json(200).get("items").size())
        .isOne();
  }

  @Test
  void aDisabledTriggerDoesNotFire() {
    var made = CALLS.create(draft("manual", ECHO));
    assertThat(CALLS.http().post(path(made) + "/disable", "").json(200).get("enabled").asBoolean())
        .isFalse();
    CALLS.http().post(path(made) + "/fire", "{}").problem(409, "TRIGGER_DISABLED");
    assertThat(CALLS.firings(made)).isEmpty();
    CALLS.http().post(path(made) + "/enable", "").json(200);
    CALLS.fire(made, Map.of());
    assertThat(CALLS.firings(made)).hasSize(1);
  }

  @Test
  void anInputThatBreaksTheSchemaIsRecordedWithWhatIsWrong() {
    var definition = new LinkedHashMap<String, Object>();
    var name = TriggerCalls.unique("strict");
    definition.put("name", name);
    definition.put("inputSchema", Map.of("type", "object", "required", new String[] {"id"}));
    definition.put(
        "steps",
        new Object[] {
          Map.of("id", "a", "type", "DATA_TRANSFORM", "config", Map.of("expression", "1"))
        });
    CALLS.http().post("/api/v1/workflows", json(definition)).json(201);
    var made = CALLS.create(draft("manual", name));
    CALLS.http().post(path(made) + "/fire", "{}").problem(409, "TRIGGER_NOT_STARTED");
    var reason = CALLS.firings(made).getFirst().get("reason");
    assertThat(reason.get("code").asString()).isEqualTo("INVALID_INPUT");
    assertThat(reason.get("detail").asString()).contains("id");
  }

  @Test
  void whatCanNotBeKeptIsRecordedAsFailed() {
    var made = CALLS.create(draft("manual", ECHO));
    CALLS
        .http()
        .post(path(made) + "/fire", "{\"input\":{\"a\":\"\\u0000\"}}")
        .problem(409, "TRIGGER_NOT_STARTED");
    assertThat(CALLS.firings(made).getFirst().get("reason").get("code").asString())
        .isEqualTo("BAD_INPUT");
  }
}
