package io.sluice.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Jobs that are enqueued by the clock. Each firing has an identity, the schedule's name and the
/// time it was due, so that it happens once however many nodes there are.
///
/// @param name unique
/// @param tenant whose jobs
/// @param kind of the jobs, by name
/// @param input of the jobs, written by the codec
/// @param rhythm when
/// @param missed what becomes of firings that were due while nobody was there
public record Schedule(
    String name, TenantId tenant, String kind, Object input, Rhythm rhythm, Missed missed) {

  /// When a schedule fires.
  public sealed interface Rhythm {
    /// A Unix cron expression of five fields, in a time zone.
    ///
    /// @param gap what becomes of a time that the clock change in spring leaves out
    record Cron(String expression, ZoneId zone, Gap gap) implements Rhythm {}

    /// Every so often, counted from the first time the schedule was made. At least one second.
    record Every(Duration interval) implements Rhythm {}
  }

  /// Firings that were due while nobody was there.
  public enum Missed {
    /// Left out.
    SKIP,
    /// One for all of them.
    RUN_ONCE,
    /// Every one, in order.
    RUN_ALL
  }

  /// A local time that does not exist on the day the clock jumps forward.
  public enum Gap {
    /// Fires right after the gap, as Vixie cron does.
    RUN_AFTER_GAP,
    /// Does not fire that day.
    SKIP
  }

  /// A cron schedule, after the gap, one run for what was missed.
  public static Schedule cron(
      String name, Kind<?, ?> kind, Object input, String expression, @Nullable ZoneId zone) {
    return new Schedule(
        name,
        TenantId.DEFAULT,
        kind.name(),
        input,
        new Rhythm.Cron(expression, zone == null ? ZoneOffset.UTC : zone, Gap.RUN_AFTER_GAP),
        Missed.RUN_ONCE);
  }

  /// An interval schedule; what was missed is left out.
  public static Schedule every(String name, Kind<?, ?> kind, Object input, Duration interval) {
    return new Schedule(
        name, TenantId.DEFAULT, kind.name(), input, new Rhythm.Every(interval), Missed.SKIP);
  }

  /// The unique key of a firing: a schedule fires once for a time, however many nodes there are.
  public static String firing(String name, Instant due) {
    return "schedule:" + name + "@" + due;
  }

  /// When a job was due that a schedule has enqueued; empty for other jobs.
  public static Optional<Instant> dueOf(JobView job) {
    var key = job.uniqueKey();
    return key == null || !key.startsWith("schedule:")
        ? Optional.empty()
        : Optional.of(Instant.parse(key.substring(key.lastIndexOf('@') + 1)));
  }
}
