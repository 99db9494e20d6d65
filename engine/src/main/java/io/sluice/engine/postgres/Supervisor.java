package io.sluice.engine.postgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that the postmaster is gone, and starts it again: same port, same passwords, so that
/// connection pools recover by themselves. Runs in a thread of its own, or not at all.
final class Supervisor {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

  /// The postmaster may be the child of a process long gone, so that nobody tells us: we look.
  private static final int LOOK_EVERY_MILLIS = 200;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Launcher launcher;
  private final ServerConfiguration configuration;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition restarted = lock.newCondition();
  private volatile Postmaster postmaster;
  private volatile boolean stopping;
  private int restarts;

  Supervisor(Launcher launcher, Running running) {
    this.launcher = launcher;
    this.configuration = running.configuration();
    this.postmaster = running.postmaster();
    this.thread = Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::watch);
  }

  void begin() {
    thread.start();
  }

  /// Safe to call twice, also for a supervisor that never began. Ends with nobody left who could
  /// start the server.
  void end() {
    stopping = true;
    thread.interrupt();
    var interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  Postmaster current() {
    return postmaster;
  }

  /// How often the server had to be started again.
  int restarts() {
    lock.lock();
    try {
      return restarts;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the server was started again at least so many times. False when the time is over.
  boolean awaitRestarts(int count, Duration timeout) throws InterruptedException {
    var nanos = timeout.toNanos();
    lock.lock();
    try {
      while (restarts < count && nanos > 0) {
        nanos = restarted.awaitNanos(nanos);
      }
      return restarts >= count;
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    try {
      while (!stopping) {
        if (!postmaster.alive()) {
          log.warn("PostgreSQL (process {}) is gone; it is started again", postmaster.pid());
          restart();
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException _) {
      log.debug("Supervision of PostgreSQL ends");
    }
  }

  private void restart() throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (!stopping) {
      try {
        postmaster = launcher.launch(configuration);
        log.info("PostgreSQL runs again, as process {}", postmaster.pid());
        countRestart();
        return;
      } catch (RuntimeException e) {
        log.error("PostgreSQL did not start again; next attempt in {}", pause, e);
      }
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void countRestart() {
    lock.lock();
    try {
      restarts++;
      restarted.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
