package io.sluice.providers.embeddings;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Runs short pieces of computing on a bounded number of threads, over all callers.
///
/// The caller works along with the helpers, and turns are given out in order: the one text of a
/// search waits for one piece of a bulk load, not for all of it.
final class SideBySide implements AutoCloseable {

  private final int threads;
  private final Semaphore turns;
  private final ExecutorService helpers;
  private volatile boolean closed;

  SideBySide(int threads, String name) {
    this.threads = threads;
    this.turns = new Semaphore(threads, true);
    // Platform threads: native computing would hold on to the carriers of virtual ones.
    this.helpers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
  }

  /// Runs `body` for 0 up to `count`. Returns when all have ended, and throws what the first to
  /// fail threw.
  void forEach(int count, IntConsumer body) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    var next = new AtomicInteger();
    var failures = new ConcurrentLinkedQueue<RuntimeException>();
    // Waited for are helpers that have begun. One still queued behind another caller's finds
    // nothing left to do.
    var working = new Phaser(1);
    for (int i = 1; i < Math.min(threads, count); i++) {
      helpers.execute(() -> {
        working.register();
        try {
          drain(next, count, body, failures);
        } finally {
          working.arriveAndDeregister();
        }
      });
    }
    drain(next, count, body, failures);
    working.arriveAndAwaitAdvance();
    RuntimeException failure = failures.peek();
    if (failure != null) {
      throw failure;
    }
  }

  private void drain(
      AtomicInteger next,
      int count,
      IntConsumer body,
      ConcurrentLinkedQueue<RuntimeException> failures) {
    for (int i = next.getAndIncrement();
        i < count && failures.isEmpty();
        i = next.getAndIncrement()) {
      turns.acquireUninterruptibly();
      try {
        if (closed) {
          throw new IllegalStateException("the model is closed");
        }
        body.accept(i);
      } catch (RuntimeException e) {
        failures.add(e);
      } finally {
        turns.release();
      }
    }
  }

  /// After this no piece runs any more.
  @Override
  public void close() {
    closed = true;
    turns.acquireUninterruptibly(threads);
    turns.release(threads);
    helpers.shutdown();
  }
}
