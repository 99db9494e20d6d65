package io.sluice.engine.engine;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Ordinary claims pass it side by side; a suspect passes alone: it waits until the worker runs
/// nothing, and nothing is claimed beside it until it has ended.
final class Gate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

  void enter() throws InterruptedException {
    lock.readLock().lockInterruptibly();
  }

  void leave() {
    lock.readLock().unlock();
  }

  void close() throws InterruptedException {
    lock.writeLock().lockInterruptibly();
  }

  void open() {
    lock.writeLock().unlock();
  }
}
