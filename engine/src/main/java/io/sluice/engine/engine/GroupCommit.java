package io.sluice.engine.engine;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.Telemetry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes of many jobs in one commit. While one batch is being committed the next one gathers, so
/// that the batch grows with the load and a lone write is not held up.
///
/// A batch that the data of one of its rows makes fail is halved until that row fails alone. A
/// batch that fails because the database is away is written again when it is back; what had been
/// committed all the same is recognised by its fence.
final class GroupCommit<E> {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /// Writes a batch in one commit.
  @FunctionalInterface
  interface Flush<E> {
    /// Writes it.
    ///
    /// @return for each entry whether it counts: false when its fence has passed
    List<Boolean> write(List<E> entries);
  }

  /// Learns what became of an entry, on the thread of the flusher: must be quick.
  interface Told {
    /// It is durable, or its fence has passed.
    void settled(boolean counts);

    /// The database does not take its data.
    void refused(RuntimeException why);
  }

  private record Waiting<E>(E entry, Told told) {
    void settled(boolean counts) {
      try {
        told.settled(counts);
      } catch (RuntimeException e) {
        LOG.error("what follows a flush failed", e);
      }
    }
  }

  private record Promise(CompletableFuture<Boolean> future) implements Told {
    @Override
    public void settled(boolean counts) {
      future.complete(counts);
    }

    @Override
    public void refused(RuntimeException why) {
      future.completeExceptionally(why);
    }
  }

  private final LinkedBlockingQueue<Waiting<E>> queue = new LinkedBlockingQueue<>();
  private final List<Loop> loops = new ArrayList<>();
  private final Flush<E> flush;
  private final int most;
  private final Telemetry telemetry;
  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean closed;

  GroupCommit(String name, int flushers, int most, Flush<E> flush, Telemetry telemetry) {
    this.flush = flush;
    this.most = most;
    this.telemetry = telemetry;
    for (int i = 0; i < flushers; i++) {
      loops.add(new Loop(name + "-" + i, this::turn));
    }
  }

  void start() {
    loops.forEach(Loop::start);
  }

  /// Hands an entry over; the future tells when it is durable. It fails with what the database said
  /// of the entry's data.
  CompletableFuture<Boolean> submit(E entry) {
    var future = new CompletableFuture<Boolean>();
    submit(entry, new Promise(future));
    return future;
  }

  /// As above, without a future: made for the many.
  void submit(E entry, Told told) {
    if (closed) {
      told.settled(false);
    } else {
      pending.incrementAndGet();
      queue.add(new Waiting<>(entry, told));
    }
  }

  /// Ends the flushers once what was handed over is written, or the database is away.
  void close() throws InterruptedException {
    closed = true;
    for (int i = 0; i < 500 && pending.get() > 0; i++) {
      Signal.pause(Duration.ofMillis(4));
    }
    loops.forEach(Loop::stop);
    for (var loop : loops) {
      loop.join();
    }
    queue.forEach(w -> w.settled(false));
  }

  private void turn() throws InterruptedException {
    var batch = new ArrayList<Waiting<E>>();
    batch.add(queue.take());
    queue.drainTo(batch, most - 1);
    long began = System.nanoTime();
    try {
      write(batch);
    } finally {
      pending.addAndGet(-batch.size());
    }
    telemetry.flushed(batch.size(), Duration.ofNanos(System.nanoTime() - began));
  }

  private void write(List<Waiting<E>> batch) throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        var counts = flush.write(batch.stream().map(Waiting::entry).toList());
        for (int i = 0; i < batch.size(); i++) {
          batch.get(i).settled(counts.get(i));
        }
        return;
      } catch (EngineProblem.Database e) {
        if (!passing(e)) {
          halve(batch, e);
          return;
        }
        LOG.debug("a flush of {} has to be repeated: {}", batch.size(), e.getMessage());
      } catch (RuntimeException e) {
        halve(batch, e);
        return;
      }
      if (closed) {
        batch.forEach(w -> w.settled(false));
        return;
      }
      pause(batch, pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void pause(List<Waiting<E>> batch, Duration pause) throws InterruptedException {
    try {
      Signal.pause(pause);
    } catch (InterruptedException e) {
      batch.forEach(w -> w.settled(false));
      throw e;
    }
  }

  private void halve(List<Waiting<E>> batch, RuntimeException e) throws InterruptedException {
    if (batch.size() == 1) {
      batch.getFirst().told().refused(e);
      return;
    }
    int half = batch.size() / 2;
    write(batch.subList(0, half));
    write(batch.subList(half, batch.size()));
  }

  /// Whether the same statement may work in a moment: the connection broke, the server restarts or
  /// has no room, or two transactions were in each other's way.
  static boolean passing(EngineProblem.Database problem) {
    if (!(problem.getCause() instanceof SQLException sql) || sql.getSQLState() == null) {
      return true;
    }
    var state = sql.getSQLState();
    return state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.equals("25006")
        || state.equals("40001")
        || state.equals("40P01")
        || state.equals("55P03");
  }
}
