package io.sluice.engine.engine;

import io.sluice.engine.JobId;
import io.sluice.engine.store.OperatorStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Those in this process who wait for the end of jobs. The job's row remembers that somebody waits,
/// so that only such ends are told to all nodes.
final class Results {
  private final OperatorStore operators;
  private final Consumer<String> ready;
  private final Map<JobId, Set<Signal>> waiting = new ConcurrentHashMap<>();

  /// @param ready is told of a queue whose job a claim may have passed over
  Results(OperatorStore operators, Consumer<String> ready) {
    this.operators = operators;
    this.ready = ready;
  }

  /// A job has ended, or may have.
  void ended(JobId job) {
    waiting.getOrDefault(job, Set.of()).forEach(Signal::raise);
  }

  /// Notifications may have been missed: all look again.
  void lookAgain() {
    waiting.values().forEach(set -> set.forEach(Signal::raise));
  }

  /// Waits until a job has ended, or may have, or the time is up.
  void await(JobId job, Duration timeout) throws InterruptedException {
    var signal = new Signal();
    waiting.compute(job, (_, set) -> with(set, signal));
    try {
      var awaited = operators.await(job);
      if (awaited.isPresent()) {
        if (awaited.get().readyIn() != null) {
          ready.accept(awaited.get().readyIn());
        }
        signal.await(timeout);
      }
    } finally {
      waiting.computeIfPresent(job, (_, set) -> set.remove(signal) && set.isEmpty() ? null : set);
    }
  }

  private static Set<Signal> with(
      @org.jspecify.annotations.Nullable Set<Signal> set, Signal signal) {
    var all = set == null ? ConcurrentHashMap.<Signal>newKeySet() : set;
    all.add(signal);
    return all;
  }
}
