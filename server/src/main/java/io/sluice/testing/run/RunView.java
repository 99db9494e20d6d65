package io.sluice.testing.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run as it is shown.
///
/// @param status `pending`, `running`, `completed`, `failed` or `cancelled`
/// @param outcome `passed`, `failed` or `undecided`, because people have yet to decide; null before
///   it has ended
/// @param totalTests cases
/// @param counters of executions
/// @param revision how often its result was changed; 0 before it has ended
public record RunView(
    UUID testRunId,
    String name,
    @Nullable UUID suiteId,
    @Nullable Integer suiteVersion,
    String status,
    @Nullable String outcome,
    String triggerType,
    Map<String, @Nullable Object> triggerMetadata,
    List<String> languages,
    Map<String, @Nullable Object> environment,
    int totalTests,
    Counters counters,
    long revision,
    int priority,
    boolean runInline,
    @Nullable UUID jobId,
    @Nullable UUID completionJobId,
    @Nullable UUID rerunOf,
    @Nullable String importedFrom,
    @Nullable String errorCode,
    @Nullable String error,
    String createdBy,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {
  /// How many executions there are of each sort.
  ///
  /// @param total all of them
  /// @param open not ended
  /// @param undecided ended without an outcome yet: they wait for validation or for a person
  /// @param reviewPending those that wait for a person
  /// @param quarantined failures that do not count for now
  /// @param counting failures that do; flaky ones too, where the case says that a run fails of them
  public record Counters(
      long total,
      long open,
      long running,
      long passed,
      long failed,
      long error,
      long skipped,
      long flaky,
      long cancelled,
      long undecided,
      long reviewPending,
      long quarantined,
      long counting) {
    /// What they say of a run that has ended.
    public String outcome() {
      if (counting > 0) {
        return "failed";
      }
      return undecided > 0 ? "undecided" : "passed";
    }
  }
}
