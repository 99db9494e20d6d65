package io.sluice.testing.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a runner tells while it is at work. Steps are seen by whoever watches within a moment.
public interface Trace {
  /// A step has ended.
  void add(Step step);

  /// Something to keep, e.g. a screenshot.
  ///
  /// @param mediaType e.g. `image/png`
  void artifact(String name, String mediaType, byte[] bytes);

  /// The time now, for steps.
  Instant now();

  /// What is left of the attempt's time.
  ///
  /// @throws TimeUp if nothing is
  Duration left();

  /// A step that has ended.
  ///
  /// @param name what was done
  /// @param message what came of it
  /// @param detail plain JSON; no secrets
  record Step(
      String name,
      StepStatus status,
      @Nullable String message,
      Instant startedAt,
      Duration took,
      @Nullable Object detail) {}

  /// How a step ended.
  enum StepStatus {
    /// As expected.
    PASSED,
    /// Otherwise than expected.
    FAILED,
    /// It was not tried.
    SKIPPED,
    /// It expects nothing.
    INFO;

    /// The name in SQL and JSON: lower case.
    public String sql() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// The attempt's time is up.
  final class TimeUp extends RuntimeException {
    /// Says how long it had.
    public TimeUp(Duration limit) {
      super("It took longer than " + limit.toSeconds() + " s");
    }
  }
}
