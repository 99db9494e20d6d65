package io.sluice.workflow.work;

import io.sluice.engine.JobContext;
import io.sluice.engine.JobEvent;
import io.sluice.engine.JobEvent.Severity;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.platform.SpringTx;
import io.sluice.workflow.ExecutionInput;
import io.sluice.workflow.ExecutionStatus;
import io.sluice.workflow.ExecutionView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/// Announces how executions end: events of type `execution`, codes `execution.completed`,
/// `.failed`, `.timed_out` and `.cancelled`, which webhooks send and triggers wait for.
@Component
class Announcements {
  private final Operations operations;
  private final SpringTx transactions;

  /// @param operations lazily: they are of the engine, which has the handlers that announce
  Announcements(@Lazy Operations operations, SpringTx transactions) {
    this.operations = operations;
    this.transactions = transactions;
  }

  /// The handler is about to end. Told again if a crash makes it end again.
  ///
  /// @param errorCode null: it ended well
  void ending(
      JobContext job, ExecutionInput input, ExecutionStatus status, @Nullable String errorCode) {
    var payload = payload(job.id().value(), input.workflow(), input.version(), status);
    if (errorCode != null) {
      payload.put("errorCode", errorCode);
    }
    job.emit(event(job.id().value(), status, payload));
  }

  /// Somebody has cancelled it.
  void cancelled(TenantId tenant, ExecutionView execution, String who) {
    var status = ExecutionStatus.CANCELLED;
    var payload = payload(execution.id(), execution.workflowName(), execution.version(), status);
    payload.put("by", who);
    transactions.in(tx -> {
      operations.publish(tx, tenant, event(execution.id(), status, payload));
      return true;
    });
  }

  private static Map<String, Object> payload(
      UUID execution, String workflow, int version, ExecutionStatus status) {
    var out = new LinkedHashMap<String, Object>();
    out.put("executionId", execution);
    out.put("workflow", workflow);
    out.put("version", version);
    out.put("status", status.sql());
    return out;
  }

  private static JobEvent event(
      UUID execution, ExecutionStatus status, Map<String, Object> payload) {
    var severity = status == ExecutionStatus.COMPLETED ? Severity.INFO : Severity.WARN;
    return new JobEvent("execution", severity, "execution." + status.sql(), execution, payload);
  }
}
