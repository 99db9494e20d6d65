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
  CLAIM("a worker claims it", WORKING, QUEUED),
  /// The handler returned.
  COMPLETE("the handler returned", DONE, WORKING),
  /// Every live branch of it waits.
  PARK("every live branch of it waits", WAITING, WORKING),
  /// The handler failed, and may be tried again.
  FAIL("the handler failed, and may be tried again", RETRYABLE, WORKING),
  /// The handler failed for good, or its last attempt did.
  GIVE_UP("the handler failed for good, or its last attempt did", DEADLETTER, WORKING),
  /// Its worker died once too often.
  POISON("its worker died once too often", DEADLETTER, WORKING),
  /// It did not end within its deadline.
  EXPIRE("it did not end within its deadline", DEADLETTER, QUEUED, WORKING, WAITING, RETRYABLE),
  /// Its worker died.
  RESCUE("its worker died", QUEUED, WORKING),
  /// Its worker stops and gives it back.
  HAND_OVER("its worker stops and gives it back", QUEUED, WORKING),
  /// The backoff is over.
  DUE("the backoff is over", QUEUED, RETRYABLE),
  /// The timer rang, the signal came, the children ended.
  WAKE("the timer rang, the signal came, the children ended", QUEUED, WAITING),
  /// Somebody cancelled it.
  CANCEL("somebody cancelled it", CANCELLED, QUEUED, WORKING, WAITING, RETRYABLE),
  /// Somebody sent it round again.
  RETRY("somebody sent it round again", QUEUED, DEADLETTER, CANCELLED, RETRYABLE, WAITING);

  private final String when;
  private final JobState to;
  private final Set<JobState> from;

  Move(String when, JobState to, JobState... from) {
    this.when = when;
    this.to = to;
    this.from = EnumSet.copyOf(Arrays.asList(from));
  }

  /// When it is made, in words.
  public String when() {
    return when;
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
