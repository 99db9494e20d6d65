package io.sluice.testing.report;

import io.sluice.engine.TenantId;
import io.sluice.testing.run.ExecutionDetail;
import io.sluice.testing.run.ExecutionView;
import io.sluice.testing.run.RunView;
import io.sluice.testing.run.TestRuns;
import io.sluice.testing.run.TestRuns.ExecutionFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a report tells of a run.
///
/// @param executions in the order of the run
record Findings(RunView run, List<ExecutionView> executions) {
  private static final int PAGE = 200;

  static Findings of(TestRuns runs, TenantId tenant, UUID id) {
    var all = new ArrayList<ExecutionView>();
    @Nullable UUID after = null;
    do {
      var page = runs.executions(tenant, ExecutionFilter.of(id), after, PAGE);
      all.addAll(page);
      after = page.size() < PAGE ? null : page.getLast().executionId();
    } while (after != null);
    return new Findings(runs.get(tenant, id), all);
  }

  /// Whether there is more to tell of an execution than its row has.
  static boolean remarkable(ExecutionView execution) {
    return execution.attempts() > 1
        || "failed".equals(execution.outcome())
        || "error".equals(execution.outcome())
        || execution.reviewPending();
  }

  /// A name that tells executions of a case apart.
  static String name(ExecutionView execution) {
    return execution.testCaseName()
        + " ["
        + execution.languageCode()
        + (execution.row() == null ? "" : ", row " + execution.row())
        + "]";
  }

  /// Why it is what it is, in a sentence.
  static String why(ExecutionView execution) {
    return execution.reason() == null ? "no reason was given" : execution.reason();
  }

  /// More of it.
  static String detail(ExecutionView execution) {
    var detail = execution.result().path("error_detail").asString("");
    return detail.isEmpty() ? why(execution) : detail;
  }

  /// The attempts before the last one.
  static List<ExecutionDetail.AttemptLine> earlier(ExecutionDetail detail) {
    var all = detail.attempts();
    return all.isEmpty() ? all : all.subList(0, all.size() - 1);
  }
}
