package io.sluice.engine.engine;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.sluice.engine.Schedule;
import io.sluice.engine.Schedule.Rhythm;
import io.sluice.engine.store.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When schedules fire. Cron expressions are read by cron-utils in the Unix dialect (five fields;
/// day of month and day of week are alternatives), in local time. A local time that occurs twice in
/// autumn fires once, at the first; one that the spring change leaves out fires at the end of the
/// gap, or not, as the schedule says.
final class Rhythms {
  private static final int MOST_AT_ONCE = 1000;

  private Rhythms() {}

  /// What a due schedule fires now, and when it is due again.
  static ScheduleStore.Plan plan(ScheduleStore.Due due) {
    var missed = new ArrayList<Instant>();
    @Nullable Instant at = due.due();
    while (at != null && !at.isAfter(due.now()) && missed.size() < MOST_AT_ONCE) {
      missed.add(at);
      at = next(due.rhythm(), at);
    }
    if (due.missed() == Schedule.Missed.RUN_ALL) {
      return new ScheduleStore.Plan(missed, at);
    }
    while (at != null && !at.isAfter(due.now())) {
      missed.set(missed.size() - 1, at);
      at = next(due.rhythm(), at);
    }
    return new ScheduleStore.Plan(fired(due, missed), at);
  }

  /// A firing that is only just due is never a missed one.
  private static List<Instant> fired(ScheduleStore.Due due, List<Instant> times) {
    var newest = times.getLast();
    boolean onTime = Duration.between(newest, due.now()).compareTo(Duration.ofMinutes(1)) < 0;
    boolean runs = onTime || due.missed() == Schedule.Missed.RUN_ONCE;
    return runs ? List.of(newest) : List.of();
  }

  /// The first firing after an instant; null if there is none ever.
  ///
  /// @throws IllegalArgumentException if the cron expression can not be read
  static @Nullable Instant next(Rhythm rhythm, Instant after) {
    return switch (rhythm) {
      case Rhythm.Every every -> after.plus(every.interval());
      case Rhythm.Cron cron -> next(cron, after);
    };
  }

  private static @Nullable Instant next(Rhythm.Cron cron, Instant after) {
    var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    var times = ExecutionTime.forCron(parser.parse(cron.expression()));
    var zone = cron.zone();
    // In local time without a zone, so that what a clock change does is decided here and nowhere
    // else.
    var local = LocalDateTime.ofInstant(after, zone);
    while (true) {
      var found = times.nextExecution(local.atZone(ZoneOffset.UTC));
      if (found.isEmpty()) {
        return null;
      }
      local = found.get().toLocalDateTime();
      var at = instant(local, zone, cron.gap());
      if (at != null && at.isAfter(after)) {
        return at;
      }
    }
  }

  private static @Nullable Instant instant(LocalDateTime local, ZoneId zone, Schedule.Gap gap) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change == null) {
      return local.atZone(zone).toInstant();
    }
    if (change.isOverlap()) {
      return local.toInstant(change.getOffsetBefore());
    }
    return gap == Schedule.Gap.RUN_AFTER_GAP ? change.getInstant() : null;
  }
}
