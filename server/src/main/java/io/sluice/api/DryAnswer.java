package io.sluice.api;

import io.sluice.workflow.Json;
import io.sluice.workflow.dryrun.DryRunReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a dry run has shown.
///
/// @param took how much time would have passed
/// @param missing steps that would have called out, and had been given nothing
record DryAnswer(
    boolean dryRun,
    String status,
    @Nullable Json output,
    ExecutionAnswer.@Nullable Failure error,
    List<Step> steps,
    Duration took,
    List<String> missing) {

  /// A step that ended.
  ///
  /// @param path its id, or `each#items/0/id` inside of a FOR_EACH
  record Step(String path, String stepId, String state, @Nullable Json output) {}

  static DryAnswer of(DryRunReport report) {
    var error = report.error();
    return new DryAnswer(
        true,
        report.completed() ? "completed" : "failed",
        ExecutionAnswer.json(report.output()),
        error == null
            ? null
            : new ExecutionAnswer.Failure(error.errorType(), error.message(), error.step()),
        report.steps().stream()
            .map(line ->
                new Step(
                    line.path(),
                    line.id(),
                    line.outcome().status().word(),
                    ExecutionAnswer.json(line.outcome().output())))
            .toList(),
        report.took(),
        List.copyOf(report.missing()));
  }
}
