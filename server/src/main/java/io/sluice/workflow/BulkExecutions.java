package io.sluice.workflow;

import io.sluice.engine.TenantId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Does one thing to many executions: first counted, then done by a durable job.
public interface BulkExecutions {
  /// What is done to each.
  enum Action {
    /// Those that have not ended.
    CANCEL,
    /// Those that failed, ran out of time or were cancelled.
    RETRY,
    /// Those that failed or ran out of time.
    REDRIVE,
    /// Those that have not ended.
    PAUSE,
    /// Those that are held.
    RESUME;

    /// The name in JSON: lower case.
    public String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What would be done.
  ///
  /// @param matched how many executions match now
  /// @param confirm to be repeated by whoever wants it done; executions that are newer than the
  ///   count are not touched
  record Counted(Action action, long matched, String confirm) {}

  /// What is being done.
  ///
  /// @param status of the job that does it
  /// @param done how many were looked at
  /// @param changed how many could be changed; null before the end
  record Bulk(
      UUID id,
      Action action,
      ExecutionStatus status,
      long matched,
      long done,
      @Nullable Long changed) {}

  /// Counts.
  Counted count(TenantId tenant, Action action, ExecutionFilter filter);

  /// Does what was counted.
  ///
  /// @throws ExecutionProblem.NotConfirmed if `confirm` is not of a count of the same
  Bulk run(TenantId tenant, Action action, ExecutionFilter filter, Confirmation confirmation);

  /// Whoever wants it done repeats what the count said.
  record Confirmation(@Nullable String confirm, String who) {}

  /// How far it is.
  Bulk get(TenantId tenant, UUID id);
}
