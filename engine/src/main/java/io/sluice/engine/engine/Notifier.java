package io.sluice.engine.engine;

import io.sluice.engine.store.NotifyStore;
import io.sluice.engine.store.NotifyStore.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/// Tells other processes. The first notice after a quiet time goes out at once; what follows within
/// a few milliseconds goes out together and without repeats, so that a burst of commits costs one
/// NOTIFY. Never part of a transaction that writes, where NOTIFY would make commits queue behind
/// each other.
final class Notifier {
  private static final Duration GATHER = Duration.ofMillis(10);

  private final NotifyStore store;
  private final Set<Notice> pending = new LinkedHashSet<>();
  private final Signal signal = new Signal();
  private final Loop loop = new Loop("notifier", this::turn);

  Notifier(NotifyStore store) {
    this.store = store;
  }

  void start() {
    loop.start();
  }

  void close() throws InterruptedException {
    for (int i = 0; i < 50 && hasPending(); i++) {
      Signal.pause(Duration.ofMillis(4));
    }
    loop.stop();
    loop.join();
  }

  /// Tells that a queue has work; `*`: look around.
  void wake(String queue) {
    send(new Notice(NotifyStore.WAKE, queue));
  }

  void send(Notice notice) {
    synchronized (pending) {
      pending.add(notice);
    }
    signal.raise();
  }

  private boolean hasPending() {
    synchronized (pending) {
      return !pending.isEmpty();
    }
  }

  private void turn() throws InterruptedException {
    signal.await();
    ArrayList<Notice> notices;
    synchronized (pending) {
      notices = new ArrayList<>(pending);
      pending.clear();
    }
    if (!notices.isEmpty()) {
      store.send(notices);
      Signal.pause(GATHER);
    }
  }
}
