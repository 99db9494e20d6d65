package io.sluice.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for conditions, with a deadline.
public final class Await {
  private static final Duration BETWEEN = Duration.ofMillis(25);

  private Await() {}

  /// Waits until something is so.
  public static void until(String what, Duration patience, Callable<Boolean> condition) {
    value(what, patience, () -> condition.call() ? Optional.of(true) : Optional.empty());
  }

  /// Waits until there is a value.
  public static <T> T value(String what, Duration patience, Callable<Optional<T>> source) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        var found = source.call();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (Exception e) {
        throw new AssertionError("while waiting for " + what, e);
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }
}
