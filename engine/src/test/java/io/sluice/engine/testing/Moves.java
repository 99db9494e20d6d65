package io.sluice.engine.testing;

import io.sluice.engine.JobState;
import io.sluice.engine.Telemetry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Hears what workers tell, so that tests wait for a move instead of for some time.
public final class Moves implements Telemetry {
  private record Key(String kind, String what) {}

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<Key, Integer> counts = new HashMap<>();

  @Override
  public void ran(String queue, String kind, JobState outcome, Duration took) {
    count(kind, outcome.sql());
  }

  @Override
  public void leaseLost(String kind) {
    count(kind, "lost");
  }

  @Override
  public void rescued(int jobs) {
    count("*", "rescued");
  }

  @Override
  public void abandoned(String kind) {
    count(kind, "abandoned");
  }

  private synchronized void count(String kind, String what) {
    counts.merge(new Key(kind, what), 1, Integer::sum);
    notifyAll();
  }

  /// Waits until runs of a kind have ended in a state so many times in all.
  public void await(String kind, JobState state, int times) {
    await(kind, state.sql(), times);
  }

  /// As above, for `lost`, `abandoned` and `rescued` (kind `*`).
  public synchronized void await(String kind, String what, int times) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var key = new Key(kind, what);
    while (counts.getOrDefault(key, 0) < times) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "No " + times + " runs of " + kind + " ended as " + what + "; there were " + counts);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public synchronized int count(String kind, JobState state) {
    return counts.getOrDefault(new Key(kind, state.sql()), 0);
  }
}
