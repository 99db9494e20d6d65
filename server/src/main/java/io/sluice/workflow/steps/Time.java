package io.sluice.workflow.steps;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How much time a step has.
///
/// @param step when its own time is over; null: never
/// @param execution when that of the execution is over; null: never
public record Time(InstantSource clock, @Nullable Instant step, @Nullable Instant execution) {
  /// The code of an execution whose time is over.
  public static final String WORKFLOW_TIMEOUT = "WORKFLOW_TIMEOUT";

  /// The code of a step whose time is over.
  public static final String STEP_TIMEOUT = "STEP_TIMEOUT";

  /// Now.
  public Instant now() {
    return clock.instant();
  }

  /// When either is over; null: never.
  public @Nullable Instant deadline() {
    if (step == null || execution == null) {
      return step == null ? execution : step;
    }
    return step.isBefore(execution) ? step : execution;
  }

  /// The shorter of a limit and what is left.
  ///
  /// @param limit null: none
  public @Nullable Duration within(@Nullable Duration limit) {
    var deadline = deadline();
    if (deadline == null) {
      return limit;
    }
    var left = Duration.between(now(), deadline);
    var some = left.isPositive() ? left : Duration.ofMillis(1);
    return limit == null || some.compareTo(limit) < 0 ? some : limit;
  }

  /// A time, or the deadline if that comes first.
  public Instant within(Instant time) {
    var deadline = deadline();
    return deadline == null || time.isBefore(deadline) ? time : deadline;
  }

  /// Whether a time lies behind the deadline.
  public boolean over(Instant time) {
    var deadline = deadline();
    return deadline != null && !time.isBefore(deadline);
  }

  /// Goes on only if there is time left.
  ///
  /// @throws StepFailure with [#WORKFLOW_TIMEOUT] or [#STEP_TIMEOUT]
  public void check() {
    var now = now();
    if (execution != null && !now.isBefore(execution)) {
      throw StepFailure.lasting(WORKFLOW_TIMEOUT, "The execution's time was over at " + execution);
    }
    if (step != null && !now.isBefore(step)) {
      throw StepFailure.lasting(STEP_TIMEOUT, "The step's time was over at " + step);
    }
  }
}
