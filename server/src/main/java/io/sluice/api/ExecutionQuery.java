package io.sluice.api;

import io.sluice.workflow.ExecutionFilter;
import io.sluice.workflow.ExecutionStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which executions a request means, in its query or its body. Every part that is absent matches
/// all.
///
/// @param status one or several
/// @param labels with all of these
/// @param createdTo not included
record ExecutionQuery(
    @Nullable UUID workflowId,
    @Nullable List<String> status,
    @Nullable String trigger,
    @Nullable Map<String, String> labels,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    @Nullable Boolean held,
    @Nullable UUID parentId) {

  private static final List<String> TRIGGERS =
      List.of("manual", "schedule", "webhook", "event", "workflow", "fork");

  ExecutionFilter filter() {
    if (trigger != null && !TRIGGERS.contains(trigger)) {
      throw new Page.RequestProblem("BAD_PARAMETER", "trigger", "is one of " + TRIGGERS);
    }
    return new ExecutionFilter(
        workflowId,
        status == null ? List.of() : status.stream().map(ExecutionQuery::status).toList(),
        trigger,
        labels == null ? Map.of() : labels,
        createdFrom,
        createdTo,
        held,
        parentId);
  }

  private static ExecutionStatus status(String name) {
    return ExecutionStatus.of(name)
        .orElseThrow(() ->
            new Page.RequestProblem("BAD_STATE", "status", "is one of " + ExecutionStatus.names()));
  }

  /// Labels as a query has them: `label=name=value`, each once.
  static Map<String, String> labels(@Nullable List<String> labels) {
    var read = new HashMap<String, String>();
    for (var label : labels == null ? List.<String>of() : labels) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw new Page.RequestProblem("BAD_PARAMETER", "label", "is written name=value");
      }
      read.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return read;
  }
}
