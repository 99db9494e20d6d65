package io.sluice.testing.run;

import io.sluice.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Runs of tests. Thread-safe.
public interface TestRuns {
  /// Makes a run, `pending`, of a suite or of cases, pinned to the versions that hold now.
  RunView create(TenantId tenant, NewRun run, String who);

  /// Schedules a pending run: its job, and an execution with a job for each case × language × row,
  /// in one transaction. Inline it is carried out before this returns.
  Scheduled schedule(TenantId tenant, UUID run, How how, String who);

  /// Makes a run of what did not pass in another one, in the same versions, and schedules it.
  Scheduled rerunFailed(TenantId tenant, UUID run, String who);

  /// Cancels a run and all of it that has not ended.
  RunView cancel(TenantId tenant, UUID run, String who);

  /// A run.
  RunView get(TenantId tenant, UUID run);

  /// Runs, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<RunView> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit);

  /// What has changed the result of a run, oldest first.
  List<RevisionLine> revisions(TenantId tenant, UUID run);

  /// Executions, newest first; those of a run in its order.
  List<ExecutionView> executions(
      TenantId tenant, ExecutionFilter filter, @Nullable UUID after, int limit);

  /// An execution with all that is known of it.
  ExecutionDetail execution(TenantId tenant, UUID execution);

  /// The bytes of an artifact.
  Artifact artifact(TenantId tenant, UUID execution, UUID artifact);

  /// Validates an execution once more, now.
  ///
  /// @throws RunProblem.NoExpectedOutcome if its case expects nothing in its language
  ValidationView validate(TenantId tenant, UUID execution, String who);

  /// A validation.
  ValidationView validation(TenantId tenant, UUID validation);

  /// How the executions of a case have ended lately, newest first, and how many passed.
  History history(TenantId tenant, UUID testCase, @Nullable String language, int limit);

  /// Runs, newest first, as one looks for anything that is executed.
  ///
  /// @param before only those older than this one; null: from the newest
  List<RunView> search(TenantId tenant, Search search, @Nullable UUID before, int limit);

  /// Executions, newest first, likewise; those of a run too.
  List<ExecutionView> searchExecutions(
      TenantId tenant, Search search, @Nullable UUID before, int limit);

  /// What two runs have in common, and where they differ.
  Comparison compare(TenantId tenant, UUID a, UUID b);

  /// What somebody has to know of a run who was not there.
  RunDigest digest(TenantId tenant, UUID run);

  /// The run of a job, if it is one's.
  Optional<UUID> ofJob(TenantId tenant, UUID job);

  /// What a run is made of.
  ///
  /// @param suite null: the cases alone
  /// @param cases empty: the suite's
  /// @param languages empty: the suite's, or `en-US`
  /// @param trigger what started it, e.g. `manual`, `ci`, `schedule`
  /// @param environment name and variables
  /// @param priority 1 to 10, lower is more urgent; null: 5
  /// @param completion what to enqueue when all is over
  record NewRun(
      @Nullable String name,
      @Nullable UUID suite,
      List<UUID> cases,
      List<String> languages,
      Trigger trigger,
      Map<String, @Nullable Object> environment,
      @Nullable Integer priority,
      @Nullable Completion completion) {}

  /// What started a run.
  record Trigger(String type, Map<String, @Nullable Object> metadata) {
    /// A person did.
    public static final Trigger MANUAL = new Trigger("manual", Map.of());
  }

  /// A job that is enqueued exactly once, when a run is over.
  ///
  /// @param kind by name
  /// @param input as the kind reads it
  record Completion(String kind, JsonNode input) {}

  /// How a run is scheduled.
  ///
  /// @param cases only these of the run's; empty: all
  /// @param languages other ones than the run's; empty: the run's
  /// @param inline carried out in the caller's thread
  record How(List<UUID> cases, List<String> languages, boolean inline) {
    /// All of it, by jobs.
    public static final How USUAL = new How(List.of(), List.of(), false);
  }

  /// What scheduling made.
  ///
  /// @param taskIds jobs
  /// @param executions whole, where they ran inline; else null
  record Scheduled(
      RunView run,
      int scheduledCount,
      List<UUID> taskIds,
      List<UUID> executionIds,
      @Nullable List<ExecutionView> executions) {}

  /// Which runs. What is null matches all.
  record Filter(@Nullable String status, @Nullable UUID suite) {}

  /// Which executions. What is null matches all.
  record ExecutionFilter(
      @Nullable UUID run,
      @Nullable UUID testCase,
      @Nullable String status,
      @Nullable String outcome,
      @Nullable String language) {
    /// All of a run.
    public static ExecutionFilter of(UUID run) {
      return new ExecutionFilter(run, null, null, null, null);
    }
  }

  /// What is looked for. What is null or empty matches all.
  ///
  /// @param run only executions have one
  /// @param trigger only runs have one
  /// @param from made at this time or later
  /// @param to made before this time
  record Search(
      @Nullable UUID run,
      List<String> statuses,
      @Nullable String trigger,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /// A change of a run's result.
  ///
  /// @param revision 1 for its end
  record RevisionLine(
      int revision,
      String cause,
      @Nullable UUID executionId,
      @Nullable String from,
      @Nullable String to,
      String who,
      @Nullable String note,
      Instant at) {}

  /// The bytes of an artifact.
  record Artifact(String name, String mediaType, byte[] bytes) {}

  /// How a case has done.
  ///
  /// @param passRate of those with an outcome that counts, 0 to 1; null of none
  record History(
      UUID testCaseId,
      long executions,
      @Nullable Double passRate,
      @Nullable Double flakyRate,
      List<ExecutionView> items) {}

  /// Two runs beside each other.
  record Comparison(RunView a, RunView b, List<Difference> differences, Summary summary) {}

  /// A case × language × row that is not the same in both.
  ///
  /// @param change `newly_failing`, `fixed`, `score_changed`, `flipped`, `added`, `removed`
  record Difference(
      UUID testCaseId,
      String testCaseName,
      String languageCode,
      int row,
      String change,
      @Nullable String outcomeA,
      @Nullable String outcomeB,
      @Nullable Double confidenceA,
      @Nullable Double confidenceB,
      @Nullable UUID executionA,
      @Nullable UUID executionB) {}

  /// How many there are of each change.
  record Summary(
      long same,
      long newlyFailing,
      long fixed,
      long flipped,
      long scoreChanged,
      long added,
      long removed) {}
}
