package io.sluice.workflow.work;

import io.sluice.engine.JobView;
import io.sluice.workflow.ExecutionStatus;

/// A job's state in the words of executions.
final class Statuses {
  private Statuses() {}

  static ExecutionStatus of(JobView job) {
    return switch (job.state()) {
      case QUEUED -> "time".equals(job.hold()) ? ExecutionStatus.PENDING : ExecutionStatus.QUEUED;
      case WORKING -> ExecutionStatus.RUNNING;
      case WAITING, RETRYABLE -> ExecutionStatus.WAITING;
      case DONE -> ExecutionStatus.COMPLETED;
      case DEADLETTER -> ExecutionStatus.FAILED;
      case CANCELLED -> ExecutionStatus.CANCELLED;
    };
  }
}
