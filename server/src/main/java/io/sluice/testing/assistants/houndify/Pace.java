package io.sluice.testing.assistants.houndify;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Waits between pieces of audio, so that they come as fast as they were spoken.
@FunctionalInterface
public interface Pace {
  /// As time goes by.
  Pace REAL =
      (began, due) -> {
        long left = due.toNanos() - (System.nanoTime() - began);
        if (left > 0) {
          TimeUnit.NANOSECONDS.sleep(left);
        }
      };

  /// Returns when that much time has gone by.
  ///
  /// @param began as of [System#nanoTime]
  /// @param due since then
  void until(long began, Duration due) throws InterruptedException;
}
