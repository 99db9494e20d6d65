package io.sluice.engine.engine;

import io.sluice.engine.TransientFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Time limits of steps: the body's thread is interrupted when its time is up.
final class Timeouts implements AutoCloseable {
  private static final int RUNNING = 0;
  private static final int ENDED = 1;
  private static final int EXPIRED = 2;

  private final ScheduledThreadPoolExecutor timer;

  Timeouts() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sluice-timeouts").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// Runs a body within a time limit.
  ///
  /// @param limit null: none
  /// @throws TransientFailure `STEP_TIMEOUT` if the time was up first
  <T extends @Nullable Object> T within(@Nullable Duration limit, String step, Callable<T> body)
      throws Exception {
    if (limit == null) {
      return body.call();
    }
    var state = new AtomicInteger(RUNNING);
    var thread = Thread.currentThread();
    var alarm =
        timer.schedule(
            () -> {
              if (state.compareAndSet(RUNNING, EXPIRED)) {
                thread.interrupt();
              }
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      var result = body.call();
      if (!state.compareAndSet(RUNNING, ENDED)) {
        Thread.interrupted();
      }
      return result;
    } catch (Exception e) {
      if (!state.compareAndSet(RUNNING, ENDED)) {
        Thread.interrupted();
        throw new TransientFailure(
            "STEP_TIMEOUT", "Step '" + step + "' took longer than " + limit, e, null);
      }
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
