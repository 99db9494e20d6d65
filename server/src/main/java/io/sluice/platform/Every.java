package io.sluice.platform;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something again and again, on a thread of its own, until it is closed. What fails is told
/// once and tried again the next time.
public final class Every implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Every.class);

  private final Thread thread;
  private volatile boolean closed;

  private Every(String name, Duration interval, Runnable turn) {
    this.thread =
        Thread.ofPlatform().daemon().name("sluice-" + name).unstarted(() -> spin(interval, turn));
  }

  /// Starts.
  ///
  /// @param interval from the end of one turn to the next
  public static Every start(String name, Duration interval, Runnable turn) {
    var every = new Every(name, interval, turn);
    every.thread.start();
    return every;
  }

  private void spin(Duration interval, Runnable turn) {
    boolean failing = false;
    while (!closed) {
      try {
        Thread.sleep(interval);
        turn.run();
        failing = false;
      } catch (InterruptedException _) {
        // Only close() interrupts; the condition of the loop decides.
      } catch (RuntimeException e) {
        if (!failing && !closed) {
          LOG.warn("{}: {}; it is tried again", thread.getName(), e.getMessage());
          LOG.debug("{}", thread.getName(), e);
        }
        failing = true;
      }
    }
  }

  /// Stops, and waits for the turn that runs. As often as one likes.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (Thread.currentThread() != thread) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
