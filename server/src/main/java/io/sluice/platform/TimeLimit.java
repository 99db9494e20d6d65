package io.sluice.platform;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lets code run for so long at most: then its thread is interrupted.
@Component
public class TimeLimit implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  TimeLimit() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sluice-limits").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// One outside of the server.
  public static TimeLimit standalone() {
    return new TimeLimit();
  }

  /// The time was up before the code had ended.
  public static final class Expired extends Exception {
    Expired(Duration limit, Exception cause) {
      super("took longer than " + limit, cause);
    }
  }

  /// Runs code within a limit.
  ///
  /// @param limit null: none
  /// @throws Expired if the code failed after its time was up
  public <T extends @Nullable Object> T within(@Nullable Duration limit, Callable<T> code)
      throws Exception {
    if (limit == null) {
      return code.call();
    }
    var watched = new Watched(Thread.currentThread());
    var alarm = timer.schedule(watched::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
    try {
      var result = code.call();
      watched.end();
      return result;
    } catch (Exception e) {
      if (watched.end()) {
        throw new Expired(limit, e);
      }
      throw e;
    } finally {
      watched.end();
      alarm.cancel(false);
    }
  }

  /// The alarm and the end exclude each other, so that no interrupt comes after the end.
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

    /// The code has ended: an interrupt of the alarm's is taken back.
    synchronized boolean end() {
      if (!ended && expired) {
        Thread.interrupted();
      }
      ended = true;
      return expired;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
