package io.sluice.bench.subject;

import java.util.Set;

/// The kinds of floor. Only the first is what ratios refer to; the others show what a different
/// bargain would give.
public enum Floor {
  /// Finished jobs are updated and stay; a commit for each step.
  PLAIN("floor", 1000, FloorSql.FINISH_JOBS_BY_UPDATE, 8, 1),
  /// Finished jobs are deleted, as db-scheduler and graphile-worker do.
  DELETING("floor-delete", 2000, FloorSql.FINISH_JOBS_BY_DELETE, 8, 1),
  /// Steps of a hundred functions share a commit.
  BATCHED("floor-batched", 1000, FloorSql.FINISH_JOBS_BY_UPDATE, 2, 100);

  final String subject;
  final int claimBatch;
  final String finishJobs;
  final int functionConnections;
  final int functionsPerCommit;

  Floor(
      String subject,
      int claimBatch,
      String finishJobs,
      int functionConnections,
      int functionsPerCommit) {
    this.subject = subject;
    this.claimBatch = claimBatch;
    this.finishJobs = finishJobs;
    this.functionConnections = functionConnections;
    this.functionsPerCommit = functionsPerCommit;
  }

  Set<Question> questions() {
    return switch (this) {
      case PLAIN ->
          Set.of(
              Question.ENQUEUE,
              Question.DRAIN,
              Question.PICKUP,
              Question.STEPS,
              Question.COST,
              Question.IDLE,
              Question.HISTORY,
              Question.TESTS,
              Question.CLAIM);
      case DELETING -> Set.of(Question.DRAIN, Question.COST);
      case BATCHED -> Set.of(Question.STEPS);
    };
  }
}
