package io.sluice.engine.engine;

import io.sluice.engine.TransientFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Time limits of steps: the body's thread is interrupted when its time is up.
final class Timeouts implements AutoCloseable {
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
    var watched = new Watched(Thread.currentThread());
    var alarm = timer.schedule(watched::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
    try {
      var result = body.call();
      watched.end();
      return result;
    } catch (Exception e) {
      if (watched.end()) {
        throw new TransientFailure(
            "STEP_TIMEOUT", "Step '" + step + "' took longer than " + limit, e, null);
      }
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  /// A body that runs against the time. The alarm and the end exclude each other, so that no
  /// interrupt comes after the end.
  private static final class Watched {
    private final Thread thread;
    private boolean ended;
    private boolean expired;

    Watched(Thread thread) {
      this.thread = thread;
    }

    synchronized void expire() {
      if (!ended) {
        expired = true;
        thread.interrupt();
      }
    }

    /// The body has ended: an interrupt of the alarm's is taken back.
    ///
    /// @return whether the time was up
    synchronized boolean end() {
      ended = true;
      if (expired) {
        Thread.interrupted();
      }
      return expired;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
