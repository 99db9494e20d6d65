package io.sluice.workflow;

import io.sluice.engine.Operations.QueueView;
import io.sluice.engine.TenantId;
import io.sluice.workflow.ExecutionMetrics.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How executions go, in numbers.
public interface ExecutionReports {
  /// Executions of a span of time. Counts the newest 100,000, and steps of the newest 10,000.
  ExecutionMetrics metrics(TenantId tenant, Window window);

  /// The queues in which executions and their items wait.
  List<QueueView> queues();

  /// Whether executions are taken up and end well.
  Health health(TenantId tenant);

  /// An answer to that.
  ///
  /// @param status `up`; `paused` when a queue is; `behind` when something has been ready for a
  ///   minute; `failing` when most of the last hour's have failed
  /// @param oldestReady since when the oldest ready one waits; null: none does
  /// @param held executions that have not ended and are held
  /// @param lastHour by status, of those created in the last hour
  record Health(
      String status,
      long ready,
      @Nullable Instant oldestReady,
      long running,
      long waiting,
      long held,
      Map<String, Long> lastHour,
      @Nullable Double successRate) {}
}
