package io.sluice.engine.model;

import static io.sluice.engine.JobState.CANCELLED;
import static io.sluice.engine.JobState.DEADLETTER;
import static io.sluice.engine.JobState.DONE;
import static io.sluice.engine.JobState.QUEUED;
import static io.sluice.engine.JobState.RETRYABLE;
import static io.sluice.engine.JobState.WAITING;
import static io.sluice.engine.JobState.WORKING;

import io.sluice.engine.JobState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Every move that a job can make, one a line; there is no other. The picture in
/// `docs/states/job.md` is generated from this table, and a test takes each move once.
public enum Move {
  /// A worker claims it.
  CLAIM(WORKING, QUEUED),
  /// The handler returned.
  COMPLETE(DONE, WORKING),
  /// Every live branch of it waits.
  PARK(WAITING, WORKING),
  /// The handler failed, and may be tried again.
  FAIL(RETRYABLE, WORKING),
  /// The handler failed for good, or its last attempt did.
  GIVE_UP(DEADLETTER, WORKING),
  /// Its worker died once too often.
  POISON(DEADLETTER, WORKING),
  /// It did not end within its deadline.
  EXPIRE(DEADLETTER, QUEUED, WORKING, WAITING, RETRYABLE),
  /// Its worker died.
  RESCUE(QUEUED, WORKING),
  /// Its worker stops and gives it back.
  HAND_OVER(QUEUED, WORKING),
  /// The backoff is over.
  DUE(QUEUED, RETRYABLE),
  /// The timer rang, the signal came, the children ended.
  WAKE(QUEUED, WAITING),
  /// Somebody cancelled it.
  CANCEL(CANCELLED, QUEUED, WORKING, WAITING, RETRYABLE),
  /// Somebody sent it round again.
  RETRY(QUEUED, DEADLETTER, CANCELLED, RETRYABLE, WAITING);

  private final JobState to;
  private final Set<JobState> from;

  Move(JobState to, JobState... from) {
    this.to = to;
    this.from = EnumSet.copyOf(Arrays.asList(from));
  }

  /// The state it leads to.
  public JobState to() {
    return to;
  }

  /// The states it may leave.
  public Set<JobState> from() {
    return EnumSet.copyOf(from);
  }

  /// Whether the job's row alone tells this move, so that no line of history is written for it.
  public boolean toldByTheRow() {
    return this == CLAIM || this == COMPLETE;
  }
}
