package io.sluice.workflow.work;

import io.sluice.engine.Kind;
import io.sluice.workflow.BulkExecutions.Action;
import io.sluice.workflow.ExecutionFilter;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The job that does one thing to many executions.
final class BulkKind {
  static final Kind<Wish, Done> KIND =
      Kind.of("execution.bulk", Wish.class, Done.class).withAttemptTimeout(Duration.ofHours(12));

  private BulkKind() {}

  /// What is to be done.
  ///
  /// @param last newer executions are not touched
  /// @param matched how many there were when they were counted
  record Wish(Action action, ExecutionFilter filter, UUID last, long matched, String who) {}

  /// What was done.
  ///
  /// @param looked how many matched
  /// @param changed how many could be changed
  record Done(long looked, long changed) {}

  /// A batch that is done.
  ///
  /// @param last where the next one begins; null: there is none
  record Batch(@Nullable UUID last, long looked, long changed) {}
}
