package io.sluice.workflow.triggers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Schedule.Gap;
import io.sluice.engine.Schedule.Missed;
import io.sluice.platform.Problem.Fault;
import io.sluice.workflow.TriggerDraft;
import io.sluice.workflow.TriggerDraft.EventRule;
import io.sluice.workflow.TriggerDraft.Overlap;
import io.sluice.workflow.TriggerDraft.ScheduleRule;
import io.sluice.workflow.TriggerType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DraftRulesTest {
  private static TriggerDraft draft(
      TriggerType type, @Nullable ScheduleRule schedule, @Nullable EventRule event) {
    return new TriggerDraft("n", null, type, "w", null, null, null, null, schedule, null, event);
  }

  private static TriggerDraft manual(@Nullable Object input) {
    return new TriggerDraft(
        "n", null, TriggerType.MANUAL, "w", null, null, input, null, null, null, null);
  }

  private static List<String> places(TriggerDraft draft) {
    return DraftRules.faults(draft).stream().map(Fault::pointer).toList();
  }

  private static ScheduleRule every(Duration every) {
    return new ScheduleRule(null, null, null, every, null, null);
  }

  @Test
  void asksForWhatBelongsToTheTypeAndForNothingElse() {
    assertThat(places(draft(TriggerType.SCHEDULE, null, null))).containsExactly("/schedule");
    assertThat(places(draft(TriggerType.EVENT, null, null))).containsExactly("/event");
    assertThat(places(draft(TriggerType.MANUAL, null, new EventRule("a", null))))
        .containsExactly("/event");
    assertThat(
            places(new TriggerDraft(null, null, null, " ", 1, "a", null, null, null, null, null)))
        .containsExactly("/name", "/workflow", "/alias", "/type");
  }

  @Test
  void knowsWhatScheduleCanBeKept() {
    assertThat(places(draft(TriggerType.SCHEDULE, every(Duration.ofMillis(1500)), null)))
        .containsExactly("/schedule/every");
    assertThat(places(draft(TriggerType.SCHEDULE, every(Duration.ofDays(400)), null)))
        .containsExactly("/schedule/every");
    var both = new ScheduleRule("* * * * *", null, null, Duration.ofSeconds(1), null, null);
    assertThat(places(draft(TriggerType.SCHEDULE, both, null))).containsExactly("/schedule");
    var zone = new ScheduleRule("* * * * *", "Mars/Olympus", null, null, null, null);
    assertThat(places(draft(TriggerType.SCHEDULE, zone, null))).containsExactly("/schedule/zone");
  }

  @Test
  void fillsInWhatWasLeftOpen() {
    var cron =
        draft(
            TriggerType.SCHEDULE,
            new ScheduleRule("0 3 * * *", null, null, null, null, null),
            null);
    assertThat(DraftRules.complete(cron).schedule())
        .isEqualTo(
            new ScheduleRule(
                "0 3 * * *", "UTC", Gap.RUN_AFTER_GAP, null, Missed.RUN_ONCE, Overlap.ALLOW));
    var often = draft(TriggerType.SCHEDULE, every(Duration.ofSeconds(5)), null);
    assertThat(DraftRules.complete(often).schedule())
        .isEqualTo(
            new ScheduleRule(null, null, null, Duration.ofSeconds(5), Missed.SKIP, Overlap.ALLOW));
  }

  @Test
  void refusesATriggerForEverythingWithoutAFilter() {
    assertThat(places(draft(TriggerType.EVENT, null, new EventRule("*", null))))
        .containsExactly("/event/type");
    assertThat(places(draft(TriggerType.EVENT, null, new EventRule("*", "severity = 'error'"))))
        .isEmpty();
    assertThat(places(draft(TriggerType.EVENT, null, new EventRule("a", "("))))
        .containsExactly("/event/filter");
  }

  @Test
  void compilesTheTemplateAndKnowsWhatItMayReferTo() {
    assertThat(places(manual(Map.of("a", "${event.payload.x} ${trigger.name}")))).isEmpty();
    assertThat(places(manual("${steps.a.output}"))).containsExactly("/input");
    assertThat(places(manual("${ ("))).containsExactly("/input");
  }
}
