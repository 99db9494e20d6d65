package io.sluice.engine.engine;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.GraphNode;
import io.sluice.engine.Interruption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Bodies that run as soon as what they come after has ended. A runner that ends a node goes on
/// with one that this made ready, and starts runners for the others: a chain stays on one thread.
///
/// A thread that has nothing to do ends instead of waiting, so that the job parks once every body
/// that has begun waits.
final class Graph {
  private final RunState run;
  private final List<GraphNode> nodes;
  private final int limit;
  private final Map<String, Integer> missing = new HashMap<>();
  private final Map<String, List<GraphNode>> followers = new HashMap<>();
  private final Map<String, Throwable> failures = new HashMap<>();
  private final Deque<GraphNode> ready = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int runners;
  private int ended;

  Graph(RunState run, List<GraphNode> nodes, int limit) {
    if (limit < 1) {
      throw new EngineProblem.Misuse("graph needs a limit of at least 1, not " + limit);
    }
    this.run = run;
    this.nodes = List.copyOf(nodes);
    this.limit = limit;
    nodes.forEach(this::add);
    nodes.forEach(this::link);
    refuseCycles();
  }

  private void add(GraphNode node) {
    if (missing.putIfAbsent(node.name(), node.after().size()) != null) {
      throw new EngineProblem.Misuse("Two nodes of a graph have the name '" + node.name() + "'");
    }
    if (node.after().isEmpty()) {
      ready.add(node);
    }
  }

  private void link(GraphNode node) {
    for (var before : node.after()) {
      if (!missing.containsKey(before)) {
        throw new EngineProblem.Misuse(
            "Node '" + node.name() + "' comes after '" + before + "', which is not in the graph");
      }
      followers.computeIfAbsent(before, _ -> new ArrayList<>()).add(node);
    }
  }

  private void refuseCycles() {
    var left = new HashMap<>(missing);
    var next = new ArrayDeque<>(ready);
    int reached = 0;
    for (GraphNode node; (node = next.poll()) != null; reached++) {
      for (var follower : followers.getOrDefault(node.name(), List.of())) {
        if (left.merge(follower.name(), -1, Integer::sum) == 0) {
          next.add(follower);
        }
      }
    }
    if (reached < nodes.size()) {
      throw new EngineProblem.Misuse("Some nodes of a graph come after themselves");
    }
  }

  /// Runs all. While others run, the calling thread only waits for them.
  void run() {
    if (nodes.isEmpty()) {
      return;
    }
    if (limit == 1 || isChain()) {
      runHere();
    } else {
      runBeside();
    }
    run.checkAlive();
    throwFirst();
  }

  private boolean isChain() {
    return ready.size() == 1
        && followers.values().stream().allMatch(f -> f.size() <= 1)
        && nodes.stream().allMatch(n -> n.after().size() <= 1);
  }

  private void runHere() {
    for (GraphNode node; run.stopped() == null && (node = ready.poll()) != null; ) {
      runOne(node);
      if (failures.get(node.name()) instanceof Interruption && run.waits().parked()) {
        return;
      }
    }
  }

  private void runBeside() {
    lock.lock();
    try {
      hire();
      run.waits().leave();
      try {
        while (runners > 0) {
          changed.awaitUninterruptibly();
        }
      } finally {
        run.waits().resume();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Starts runners for what is ready, as far as there is room.
  private void hire() {
    for (int free = Math.min(limit - runners, ready.size()); free > 0; free--) {
      if (!run.waits().enter()) {
        return;
      }
      runners++;
      var first = ready.remove();
      Thread.ofVirtual().name("node").start(() -> runner(first));
    }
  }

  private void runner(GraphNode first) {
    run.join();
    try {
      for (@Nullable GraphNode node = first; node != null; node = next()) {
        runOne(node);
      }
    } finally {
      run.exit();
      run.waits().leave();
      lock.lock();
      try {
        runners--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private @Nullable GraphNode next() {
    lock.lock();
    try {
      if (run.waits().parked()) {
        return null;
      }
      var node = ready.poll();
      hire();
      return node;
    } finally {
      lock.unlock();
    }
  }

  private void runOne(GraphNode node) {
    @Nullable Throwable failure = null;
    try {
      node.body().run();
    } catch (Throwable e) {
      failure = e;
    }
    lock.lock();
    try {
      ended++;
      if (failure == null) {
        release(node);
      } else {
        failures.put(node.name(), failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void release(GraphNode node) {
    for (var follower : followers.getOrDefault(node.name(), List.of())) {
      if (missing.merge(follower.name(), -1, Integer::sum) == 0) {
        ready.add(follower);
      }
    }
  }

  /// A body that was unwound speaks for the job; then what failed first in the order of nodes.
  private void throwFirst() {
    for (var failure : failures.values()) {
      if (failure instanceof Interruption interruption) {
        throw interruption;
      }
    }
    for (var node : nodes) {
      var failure = failures.get(node.name());
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof Exception exception) {
        throw Checkpoints.<RuntimeException>sneak(exception);
      }
    }
    if (ended < nodes.size()) {
      throw new Parked();
    }
  }
}
