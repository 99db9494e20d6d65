package io.sluice.engine.engine;

import io.sluice.engine.Branch;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.Interruption;
import io.sluice.engine.StepFailed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Branches of one job, each on a virtual thread and in a scope of its own. What a branch returned
/// is recorded under its name, so that a later run does not enter it again.
final class Fork<T extends @Nullable Object> {
  private static final int MOST = 1000;

  private final RunState run;
  private final Checkpoints checkpoints;
  private final Class<T> type;
  private final int limit;

  Fork(RunState run, String scope, Class<T> type, int limit) {
    if (limit < 1) {
      throw new EngineProblem.Misuse("parallel needs a limit of at least 1, not " + limit);
    }
    this.run = run;
    this.checkpoints = new Checkpoints(run, scope);
    this.type = type;
    this.limit = limit;
  }

  /// How a branch ended: exactly one of the two is set, but for a value that is null.
  private record Ended<T extends @Nullable Object>(
      @Nullable T value, @Nullable Throwable failure) {}

  List<T> run(List<Branch<T>> branches) {
    check(branches);
    var ended = new ArrayList<@Nullable Ended<T>>();
    branches.forEach(_ -> ended.add(null));
    try {
      runAll(branches, ended);
    } catch (InterruptedException _) {
      run.checkAlive();
      Thread.currentThread().interrupt();
      throw new EngineProblem.Misuse("a thread of the handler was interrupted by somebody else");
    }
    run.checkAlive();
    return collect(ended);
  }

  private void check(List<Branch<T>> branches) {
    if (branches.size() > MOST) {
      throw new EngineProblem.Misuse(
          "parallel takes "
              + MOST
              + " branches at most, not "
              + branches.size()
              + "; use children for more");
    }
    var names = new HashSet<String>();
    for (var branch : branches) {
      if (!names.add(branch.name()) || branch.name().indexOf('/') >= 0) {
        throw new EngineProblem.Misuse(
            "Branch names are unique among their siblings and have no slash: '"
                + branch.name()
                + "'");
      }
    }
  }

  /// Starts as many runners as may run at once; each takes branch after branch.
  private void runAll(List<Branch<T>> branches, List<@Nullable Ended<T>> ended)
      throws InterruptedException {
    var next = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    try {
      for (int i = 0; i < Math.min(limit, branches.size()) && run.waits().enter(); i++) {
        threads.add(
            Thread.ofVirtual().name("branch-" + i).start(() -> runner(branches, next, ended)));
      }
      run.waits().leave();
      for (var thread : threads) {
        thread.join();
      }
    } finally {
      awaitAll(threads);
      run.waits().resume();
    }
  }

  /// No branch outlives the fork, also when the parent's thread was interrupted.
  private static void awaitAll(List<Thread> threads) {
    boolean interrupted = Thread.interrupted();
    for (var thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Ended<T> recorded(io.sluice.engine.store.CheckpointStore.Stored found) {
    try {
      return new Ended<>(checkpoints.outcome(found, type), null);
    } catch (RuntimeException e) {
      return new Ended<>(null, e);
    }
  }

  private void runner(
      List<Branch<T>> branches, AtomicInteger next, List<@Nullable Ended<T>> ended) {
    run.join();
    try {
      int place;
      while ((place = next.getAndIncrement()) < branches.size() && !run.waits().parked()) {
        var end = end(branches.get(place));
        synchronized (ended) {
          ended.set(place, end);
        }
      }
    } finally {
      run.exit();
      run.waits().leave();
    }
  }

  private Ended<T> end(Branch<T> branch) {
    try {
      var found = checkpoints.find(branch.name());
      return found == null ? new Ended<>(runBranch(branch), null) : recorded(found);
    } catch (Throwable e) {
      return new Ended<>(null, e);
    }
  }

  private T runBranch(Branch<T> branch) throws Exception {
    var started = run.ledger().now();
    try {
      T value = branch.body().run(new Scope(run, checkpoints.below(branch.name())));
      var json = checkpoints.encode(value);
      checkpoints.record(checkpoints.entry(branch.name(), "done", json, null, 1, started));
      return run.codec().decode(json, type);
    } catch (StepFailed e) {
      checkpoints.record(
          checkpoints.entry(branch.name(), "failed", null, Errors.encode(e.error()), 1, started));
      throw e;
    }
  }

  private List<T> collect(List<@Nullable Ended<T>> ended) {
    var values = new ArrayList<T>();
    @Nullable Throwable first = null;
    for (var end : ended) {
      var failure = end == null ? new Parked() : end.failure();
      if (failure instanceof Interruption interruption) {
        throw interruption;
      }
      if (failure != null) {
        first = first == null ? failure : first;
      } else {
        values.add(valueOf(end));
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof Exception exception) {
      throw Checkpoints.<RuntimeException>sneak(exception);
    }
    return values;
  }

  @SuppressWarnings("NullAway") // null is a value where T allows it
  private static <T extends @Nullable Object> T valueOf(@Nullable Ended<T> end) {
    return end.value();
  }
}
