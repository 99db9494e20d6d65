package io.sluice.bench.subject;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What the no-op handler of a subject in this process does: it counts, and notes when it started.
public final class Tally {
  private static final long NOT_YET = Long.MIN_VALUE;

  private volatile Round round = new Round(Mode.DRAIN, 0);

  /// Begins to count anew; done when `jobs` handlers have started.
  public Future<Handled> expect(Mode mode, int jobs) {
    var next = new Round(mode, jobs);
    round = next;
    return next.all;
  }

  public void hit(int index) {
    round.hit(index, System.nanoTime());
  }

  private static final class Round {
    final CompletableFuture<Handled> all = new CompletableFuture<>();
    final AtomicInteger left;
    final AtomicLong first = new AtomicLong(NOT_YET);
    final long[] started;

    Round(Mode mode, int jobs) {
      left = new AtomicInteger(jobs);
      started = new long[mode == Mode.PICKUP ? jobs : 0];
    }

    void hit(int index, long nanos) {
      if (first.get() == NOT_YET) {
        first.compareAndSet(NOT_YET, nanos);
      }
      if (index < started.length) {
        started[index] = nanos;
      }
      if (left.decrementAndGet() == 0) {
        all.complete(new Handled(first.get(), Arrays.stream(started).boxed().toList()));
      }
    }
  }
}
