package io.sluice.engine.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A flag that one thread waits for and others raise. Raised twice before it is seen, it counts
/// once; raised before the wait begins, it is not lost.
final class Signal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private boolean flag;

  void raise() {
    lock.lock();
    try {
      flag = true;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it is raised, and lowers it.
  void await() throws InterruptedException {
    lock.lock();
    try {
      while (!flag) {
        raised.await();
      }
      flag = false;
    } finally {
      lock.unlock();
    }
  }

  /// Waits so long at most, and lowers it.
  ///
  /// @return whether it was raised
  boolean await(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (!flag && left > 0) {
        left = raised.awaitNanos(left);
      }
      boolean was = flag;
      flag = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /// Sleeps between tries, unhurried by the flag.
  static void pause(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
