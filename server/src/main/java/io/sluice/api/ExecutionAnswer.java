package io.sluice.api;

import io.sluice.documents.DocumentView;
import io.sluice.testing.run.RunView;
import io.sluice.workflow.ExecutionView;
import io.sluice.workflow.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An execution of anything, as HTTP shows it.
///
/// @param type `workflow`, `case`, `suite` or `document`
/// @param name of what is executed
/// @param workflowId null: the definition came with the request, or it is no workflow
/// @param version of the workflow, the case or the suite
/// @param parentId of which it is a part: a workflow's execution, a test run
/// @param held whether no new step begins
/// @param input only for a single one
/// @param output only for a single one that has completed
record ExecutionAnswer(
    UUID executionId,
    String type,
    String name,
    String status,
    boolean held,
    @Nullable Instant heldAt,
    @Nullable String heldBy,
    @Nullable UUID workflowId,
    @Nullable Integer version,
    @Nullable String trigger,
    @Nullable UUID triggerId,
    @Nullable String startedBy,
    @Nullable UUID parentId,
    @Nullable UUID forkedFrom,
    @Nullable String forkedStep,
    Map<String, String> labels,
    int attempt,
    @Nullable Integer priority,
    @Nullable String waitReason,
    @Nullable Progress progress,
    Instant createdAt,
    @Nullable Instant runAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant wakeAt,
    @Nullable Instant deadlineAt,
    @Nullable Long durationMillis,
    @Nullable Failure error,
    @Nullable Json input,
    @Nullable Json output) {

  /// A value with its nulls, which are left out elsewhere.
  static @Nullable Json json(@Nullable Object value) {
    return value == null ? null : new Json(value);
  }

  /// How far it is.
  record Progress(long done, long total) {}

  /// How it failed.
  record Failure(String code, String message, @Nullable String step) {
    static @Nullable Failure of(ExecutionView.@Nullable Failure failure) {
      return failure == null
          ? null
          : new Failure(failure.code(), failure.message(), failure.step());
    }
  }

  static ExecutionAnswer of(ExecutionView view) {
    var origin = view.origin();
    var times = view.times();
    var held = view.held();
    return new ExecutionAnswer(
        view.id(),
        WorkflowExecutions.TYPE,
        view.workflowName(),
        view.status().sql(),
        held != null,
        held == null ? null : held.at(),
        held == null ? null : held.by(),
        view.workflow(),
        view.version(),
        origin.trigger(),
        origin.triggerId(),
        origin.by(),
        origin.parent(),
        origin.forkedFrom(),
        origin.forkedStep(),
        view.labels(),
        view.attempt(),
        view.priority(),
        view.waitReason(),
        progress(view.progressDone(), view.progressTotal()),
        times.createdAt(),
        times.runAt(),
        times.startedAt(),
        times.finishedAt(),
        times.wakeAt(),
        times.deadlineAt(),
        view.durationMillis(),
        Failure.of(view.error()),
        json(view.input()),
        json(view.output()));
  }

  private static @Nullable Progress progress(@Nullable Long done, @Nullable Long total) {
    return total == null || total == 0 ? null : new Progress(done == null ? 0 : done, total);
  }

  /// A test run is the execution of a suite, or of cases that were named one by one.
  static ExecutionAnswer of(RunView run) {
    var counters = run.counters();
    var over = counters.total() - counters.open();
    return new ExecutionAnswer(
        run.testRunId(),
        TestSuiteExecutions.TYPE,
        run.name(),
        run.status(),
        false,
        null,
        null,
        null,
        run.suiteVersion(),
        run.triggerType(),
        null,
        run.createdBy(),
        null,
        null,
        null,
        Map.of(),
        1,
        run.priority(),
        null,
        progress(over, counters.total()),
        run.createdAt(),
        null,
        run.startedAt(),
        run.endedAt(),
        null,
        null,
        millis(run.startedAt(), run.endedAt()),
        failure(run.errorCode(), run.error()),
        null,
        null);
  }

  /// One case in one language with one row of data.
  ///
  /// @param output what came out, for a single one; null: neither that nor what went in is shown
  static ExecutionAnswer of(
      io.sluice.testing.run.ExecutionView execution, @Nullable Object output) {
    return new ExecutionAnswer(
        execution.executionId(),
        TestCaseExecutions.TYPE,
        execution.testCaseName(),
        execution.status(),
        false,
        null,
        null,
        null,
        execution.testCaseVersion(),
        null,
        null,
        null,
        execution.testRunId(),
        null,
        null,
        Map.of(),
        Math.max(1, execution.attempts()),
        null,
        null,
        null,
        execution.createdAt(),
        null,
        execution.startedAt(),
        execution.endedAt(),
        null,
        null,
        millis(execution.startedAt(), execution.endedAt()),
        failure(execution.errorCode(), execution.result().path("error").asString(null)),
        output == null ? null : json(input(execution)),
        json(output));
  }

  private static Map<String, @Nullable Object> input(
      io.sluice.testing.run.ExecutionView execution) {
    var input = new LinkedHashMap<String, @Nullable Object>();
    input.put("languageCode", execution.languageCode());
    input.put("data", execution.data());
    return input;
  }

  private static @Nullable Long millis(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? null : Duration.between(from, to).toMillis();
  }

  private static @Nullable Failure failure(@Nullable String code, @Nullable String message) {
    return code == null ? null : new Failure(code, message == null ? code : message, null);
  }

  /// A document on its way is an execution with the document's id.
  static ExecutionAnswer of(DocumentView document) {
    var error = document.error();
    return new ExecutionAnswer(
        document.id(),
        DocumentExecutions.TYPE,
        document.name(),
        document.status(),
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        document.attempt(),
        null,
        null,
        progress(document.progressDone(), document.progressTotal()),
        document.createdAt(),
        null,
        null,
        document.readyAt(),
        null,
        null,
        null,
        error == null ? null : new Failure(error.code(), error.message(), document.stage()),
        null,
        null);
  }
}
