package io.sluice.workflow.triggers;

import static io.sluice.workflow.triggers.TriggerCalls.draft;
import static io.sluice.workflow.triggers.TriggerCalls.id;
import static io.sluice.workflow.triggers.TriggerCalls.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.SharedServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ScheduleTriggersTest {
  private static final TriggerCalls CALLS = new TriggerCalls(SharedServer.calls());
  private static final String ECHO = CALLS.echo();
  private JsonNode trigger;

  @AfterEach
  void remove() {
    if (trigger != null) {
      CALLS.http().delete(path(trigger));
    }
  }

  private JsonNode every(String workflow, String... more) {
    var rule = new LinkedHashMap<String, Object>();
    rule.put("every", "PT1S");
    for (int i = 0; i < more.length; i += 2) {
      rule.put(more[i], more[i + 1]);
    }
    trigger = CALLS.create(draft("schedule", workflow, rule));
    return trigger;
  }

  private static List<Instant> next(JsonNode trigger, String query) {
    return CALLS
        .http()
        .get(path(trigger) + "/next?" + query)
        .json(200)
        .get("items")
        .valueStream()
        .map(t -> Instant.parse(t.asString()))
        .toList();
  }

  private static long schedules(JsonNode trigger) {
    return CALLS
        .http()
        .rows("select 1 from sluice_engine.schedule where name = 'trigger:" + id(trigger) + "'")
        .size();
  }

  @Test
  void anIntervalFiresAgainAndAgainEachTimeOnce() {
    var made = every(ECHO);
    assertThat(made.get("nextFiringAt").asString()).isNotBlank();
    var fired = CALLS.firings(made, "started", 2);
    assertThat(fired).allMatch(f -> f.get("why").asString().equals("schedule"));
    var times = fired.stream().map(f -> Instant.parse(f.get("dueAt").asString())).toList();
    assertThat(times).doesNotHaveDuplicates();
    assertThat(Duration.between(times.get(1), times.get(0))).isEqualTo(Duration.ofSeconds(1));
    assertThat(CALLS.ended(fired.getFirst()).get("status").asString()).isEqualTo("completed");
  }

  @Test
  void theTemplateSeesTheTimeThatTheFiringIsFor() {
    var draft = draft("schedule", ECHO, Map.of("every", "PT1S"));
    draft.put("input", Map.of("at", "${fire.at}"));
    trigger = CALLS.create(draft);
    var fired = CALLS.firings(trigger, "started", 1).getLast();
    assertThat(CALLS.execution(fired).get("input").get("at")).isEqualTo(fired.get("dueAt"));
  }

  @Test
  void disablingChangingAndRemovingTakeTheScheduleAlong() {
    var draft = draft("schedule", ECHO, Map.of("every", "PT1H"));
    trigger = CALLS.create(draft);
    assertThat(schedules(trigger)).isOne();
    var off = CALLS.http().post(path(trigger) + "/disable", "").json(200);
    assertThat(off.has("nextFiringAt")).isFalse();
    assertThat(schedules(trigger)).isZero();
    assertThat(next(trigger, "count=3")).hasSize(3);
    draft.put("schedule", Map.of("every", "PT2H"));
    CALLS.put(trigger, draft, Map.of()).json(200);
    assertThat(schedules(trigger)).isOne();
    var times = next(trigger, "count=2");
    assertThat(Duration.between(times.get(0), times.get(1))).isEqualTo(Duration.ofHours(2));
    draft.put("enabled", false);
    CALLS.put(trigger, draft, Map.of()).json(200);
    assertThat(schedules(trigger)).isZero();
    CALLS.http().post(path(trigger) + "/enable", "").json(200);
    CALLS.http().delete(path(trigger));
    assertThat(schedules(trigger)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // On 29 March 02:00 becomes 03:00.
    "30 2 * * *, RUN_AFTER_GAP, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
    "30 2 * * *, SKIP,          2026-03-28T12:00:00Z, 2026-03-30T00:30:00Z, 2026-03-31T00:30:00Z",
    "*/30 * * * *, SKIP,        2026-03-29T00:29:00Z, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
    // On 25 October 03:00 becomes 02:00: what occurs twice fires once.
    "30 2 * * *, RUN_AFTER_GAP, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
    "0 3 * * *,  RUN_AFTER_GAP, 2026-10-24T12:00:00Z, 2026-10-25T02:00:00Z, 2026-10-26T02:00:00Z"
  })
  void clockChangesAreAsTheTriggerSays(
      String cron, String gap, String after, Instant first, Instant second) {
    var draft =
        draft("schedule", ECHO, Map.of("cron", cron, "zone", "Europe/Berlin", "onGap", gap));
    draft.put("enabled", false);
    trigger = CALLS.create(draft);
    assertThat(next(trigger, "count=2&after=" + after)).containsExactly(first, second);
  }

  @Test
  void nextIsForSchedulesAndCountsWithinBounds() {
    trigger = CALLS.create(draft("manual", ECHO));
    CALLS.http().get(path(trigger) + "/next").problem(409, "TRIGGER_TYPE");
    CALLS.http().get(path(trigger) + "/next?count=0").problem(400, "BAD_PARAMETER");
  }

  private static void missed(JsonNode trigger, String ago) throws SQLException {
    try (var owner = SharedServer.database().connectAsOwner();
        var statement = owner.createStatement()) {
      statement.execute(
          "update sluice_engine.schedule set next_at = now() - interval '%s' where name = 'trigger:%s'"
              .formatted(ago, id(trigger)));
    }
  }

  /// An idle engine looks at its schedules when the next is due that it knows of: one that is due
  /// in a second makes it look.
  private static JsonNode nudge() {
    return CALLS.create(draft("schedule", ECHO, Map.of("every", "PT1S")));
  }

  @ParameterizedTest
  @CsvSource({"RUN_ONCE, 1", "RUN_ALL, 4", "SKIP, 0"})
  void whatWasMissedIsMadeUpForAsTheTriggerSays(String policy, int expected) throws SQLException {
    trigger = CALLS.create(draft("schedule", ECHO, Map.of("every", "PT10M", "missed", policy)));
    missed(trigger, "35 minutes");
    var nudge = nudge();
    Await.until(
        "the schedule is ahead again",
        Duration.ofSeconds(30),
        () ->
            !CALLS
                .http()
                .rows(
                    "select 1 from sluice_engine.schedule where next_at > now() and name = 'trigger:"
                        + id(trigger)
                        + "'")
                .isEmpty());
    CALLS.http().delete(path(nudge));
    CALLS.firings(trigger, "started", expected);
    assertThat(CALLS.firings(trigger)).hasSize(expected);
  }

  @Test
  void whileOneRunsTheNextIsSkipped() {
    var made = every(CALLS.patient(), "overlap", "SKIP");
    var skipped = CALLS.firings(made, "skipped", 2);
    assertThat(skipped.getFirst().get("reason").get("code").asString()).isEqualTo("OVERLAP");
    var started = CALLS.firings(made, "started");
    assertThat(started).hasSize(1);
    CALLS.signal(started.getFirst(), "go");
    CALLS.firings(made, "started", 2);
  }

  @Test
  void theOldOneIsCancelledForTheNew() {
    var made = every(CALLS.patient(), "overlap", "CANCEL_OLD");
    var started = CALLS.firings(made, "started", 2);
    var oldest = started.getLast();
    assertThat(CALLS.ended(oldest).get("status").asString()).isEqualTo("cancelled");
  }

  @Test
  void theNextOneWaitsForItsTurn() {
    var made = every(CALLS.patient(), "overlap", "QUEUE");
    CALLS.firings(made, "queued", 2);
    var first = CALLS.firings(made, "started").getFirst();
    assertThat(CALLS.firings(made, "started")).hasSize(1);
    CALLS.http().post(path(made) + "/disable", "").json(200);
    CALLS.http().post(path(made) + "/enable", "").json(200);
    CALLS.signal(first, "go");
    var started = CALLS.firings(made, "started", 2);
    assertThat(started.getFirst().get("dueAt").asString())
        .isGreaterThan(first.get("dueAt").asString());
    CALLS.http().post(path(made) + "/disable", "").json(200);
    CALLS.signal(started.getFirst(), "go");
    var skipped =
        Await.value(
            "what still waits is skipped once the trigger is disabled",
            Duration.ofSeconds(30),
            () ->
                Optional.of(CALLS.firings(made, "skipped"))
                    .filter(s -> CALLS.firings(made, "queued").isEmpty() && !s.isEmpty()));
    assertThat(skipped.getFirst().get("reason").get("code").asString())
        .isEqualTo("TRIGGER_DISABLED");
  }

  @Test
  void runsAtOnceWhereThatIsAllowed() {
    var made = every(CALLS.patient());
    CALLS.firings(made, "started", 2);
  }
}
