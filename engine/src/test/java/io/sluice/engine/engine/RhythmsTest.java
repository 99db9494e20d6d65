package io.sluice.engine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.Schedule.Gap;
import io.sluice.engine.Schedule.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Cron in local time, through the clock changes of Berlin in 2026: on 29 March 02:00 becomes
/// 03:00, on 25 October 03:00 becomes 02:00.
class RhythmsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> next(String cron, Gap gap, String after, int times) {
    var out = new ArrayList<String>();
    Instant at = ZonedDateTime.parse(after).toInstant();
    for (int i = 0; i < times; i++) {
      at = Rhythms.next(new Rhythm.Cron(cron, BERLIN, gap), at);
      out.add(at.atZone(BERLIN).toOffsetDateTime().toString());
    }
    return out;
  }

  @Test
  void readsCronInTheTimeOfItsZone() {
    assertThat(next("30 9 * * *", Gap.SKIP, "2026-01-05T12:00:00Z", 2))
        .containsExactly("2026-01-06T09:30+01:00", "2026-01-07T09:30+01:00");
  }

  @Test
  void aTimeInTheGapFiresRightAfterIt() {
    assertThat(next("30 2 * * *", Gap.RUN_AFTER_GAP, "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
  }

  @Test
  void aTimeInTheGapIsLeftOutWhereTheScheduleSaysSo() {
    assertThat(next("30 2 * * *", Gap.SKIP, "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-30T02:30+02:00", "2026-03-31T02:30+02:00");
  }

  @Test
  void manyTimesInTheGapFireOnce() {
    assertThat(next("*/20 * * * *", Gap.RUN_AFTER_GAP, "2026-03-29T00:30:00Z", 3))
        .containsExactly(
            "2026-03-29T01:40+01:00", "2026-03-29T03:00+02:00", "2026-03-29T03:20+02:00");
  }

  @Test
  void aTimeThatOccursTwiceFiresOnceAtTheFirst() {
    assertThat(next("30 2 * * *", Gap.SKIP, "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
  }

  @Test
  void dayOfMonthAndDayOfWeekAreAlternatives() {
    assertThat(next("0 12 13 * 5", Gap.SKIP, "2026-02-01T00:00:00Z", 3))
        .containsExactly(
            "2026-02-06T12:00+01:00", "2026-02-13T12:00+01:00", "2026-02-20T12:00+01:00");
    assertThat(next("0 12 14 * 5", Gap.SKIP, "2026-02-12T00:00:00Z", 2))
        .containsExactly("2026-02-13T12:00+01:00", "2026-02-14T12:00+01:00");
  }

  @Test
  void intervalsCountFromTheFiringBefore() {
    var every = new Rhythm.Every(Duration.ofMinutes(7));
    assertThat(Rhythms.next(every, Instant.EPOCH)).isEqualTo(Instant.EPOCH.plusSeconds(420));
  }

  @Test
  void whatIsNoCronExpressionIsRefused() {
    var rhythm = new Rhythm.Cron("every day", BERLIN, Gap.SKIP);
    assertThatThrownBy(() -> Rhythms.next(rhythm, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
