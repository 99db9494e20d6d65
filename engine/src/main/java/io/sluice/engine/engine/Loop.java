package io.sluice.engine.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A control loop on a platform thread of its own. Starts once, stops as often as one likes,
/// survives failures of its body by trying again after a growing pause.
final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /// One turn of a loop.
  @FunctionalInterface
  interface Turn {
    /// Does it. Returning means: again.
    void run() throws InterruptedException;
  }

  private final Thread thread;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicBoolean started = new AtomicBoolean();

  Loop(String name, Turn turn) {
    this.thread = Thread.ofPlatform().daemon().name("sluice-" + name).unstarted(() -> spin(turn));
  }

  void start() {
    if (started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  boolean stopping() {
    return stopping.get();
  }

  /// Asks the loop to end; its current turn is interrupted.
  void stop() {
    if (stopping.compareAndSet(false, true) && started.get()) {
      thread.interrupt();
    }
  }

  /// Waits for the thread to end.
  void join() throws InterruptedException {
    if (started.get() && Thread.currentThread() != thread) {
      thread.join();
    }
  }

  /// As above, for so long at most.
  ///
  /// @return whether it has ended
  boolean join(Duration atMost) throws InterruptedException {
    return !started.get() || thread.join(atMost);
  }

  private void spin(Turn turn) {
    var pause = Duration.ofMillis(50);
    while (!stopping.get()) {
      try {
        turn.run();
        pause = Duration.ofMillis(50);
      } catch (InterruptedException _) {
        // Only stop() interrupts; the condition of the loop decides.
      } catch (RuntimeException | Error e) {
        if (stopping.get()) {
          return;
        }
        LOG.warn("{}: {}; again in {} ms", thread.getName(), e.getMessage(), pause.toMillis());
        LOG.debug("{}", thread.getName(), e);
        pause = rest(pause);
      }
    }
  }

  private Duration rest(Duration pause) {
    try {
      Signal.pause(pause);
    } catch (InterruptedException _) {
      // As above.
    }
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
