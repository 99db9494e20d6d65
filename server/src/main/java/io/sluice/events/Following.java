package io.sluice.events;

import io.sluice.engine.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/// Calls every [EventFollower] whenever there may be news, and a second later again: what a
/// transaction that still runs may precede is seen later, and nobody tells when that has ended.
/// While nothing comes it looks more and more seldom, so that an idle server is idle.
@Component
class Following implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Following.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LOOK_ANYWAY = Duration.ofSeconds(30);

  /// So that a burst of commits is one look.
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final List<EventFollower> followers;
  private final Engine engine;
  private final AsyncTaskExecutor executor;
  private final List<Loop> loops = new ArrayList<>();
  private volatile boolean running;

  Following(
      List<EventFollower> followers, Engine engine, AsyncTaskExecutor applicationTaskExecutor) {
    this.followers = List.copyOf(followers);
    this.engine = engine;
    this.executor = applicationTaskExecutor;
  }

  @Override
  public synchronized void start() {
    if (!running) {
      running = true;
      for (var follower : followers) {
        var loop = new Loop(follower);
        loop.task = executor.submit(loop);
        loops.add(loop);
      }
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    loops.forEach(loop -> loop.news.release());
    loops.forEach(Loop::end);
    loops.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// With the engine, first of all.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  /// One follower's turns.
  private final class Loop implements Runnable {
    private final EventFollower follower;
    private final Semaphore news = new Semaphore(1);
    private volatile @Nullable Future<?> task;

    Loop(EventFollower follower) {
      this.follower = follower;
    }

    @Override
    public void run() {
      try (var watch = engine.watch(news::release)) {
        long patience = LOOK_AGAIN.toNanos();
        while (running) {
          if (news.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
            patience = LOOK_AGAIN.toNanos();
            TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
          } else {
            patience = Math.min(2 * patience, LOOK_ANYWAY.toNanos());
          }
          // Taken before the look, so that what comes during it is looked at again.
          news.drainPermits();
          look();
        }
      } catch (InterruptedException _) {
        // Stopped.
      } catch (Exception e) {
        LOG.error("{} does not follow the events any more", follower, e);
      }
    }

    /// A look that fails is repeated at the next turn, from where the follower was.
    private void look() {
      try {
        boolean more = true;
        while (running && more) {
          more = follower.look();
        }
      } catch (RuntimeException e) {
        if (running) {
          LOG.warn("{} could not look at the events: {}", follower, e.toString());
        }
      }
    }

    void end() {
      var current = task;
      if (current == null) {
        return;
      }
      try {
        current.get(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException | CancellationException _) {
        current.cancel(true);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
