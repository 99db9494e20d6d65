package io.sluice.workflow.work;

import io.sluice.events.EventFollower;
import io.sluice.platform.SpringTx;
import io.sluice.workflow.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/// Takes the questions of jobs that have ended, however they did, out of the review queue: once a
/// second, and at once where an execution is cancelled. Several nodes may sweep at once.
@Component
class TaskSweep implements EventFollower {
  private static final int MOST = 200;
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final TaskStore tasks;
  private final TaskQueue queue;
  private final SpringTx transactions;
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  TaskSweep(TaskStore tasks, TaskQueue queue, SpringTx transactions, InstantSource clock) {
    this.tasks = tasks;
    this.queue = queue;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public boolean look() {
    var now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    boolean more = sweep() == MOST;
    next = more ? now : now.plus(PERIOD);
    return more;
  }

  /// @return how many were looked at
  int sweep() {
    var orphans = tasks.orphans(MOST);
    orphans.forEach(task -> transactions.in(tx -> queue.forget(tx, task)));
    return orphans.size();
  }
}
