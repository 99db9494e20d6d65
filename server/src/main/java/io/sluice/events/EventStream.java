package io.sluice.events;

import io.sluice.engine.JobFilter;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.JobView;
import io.sluice.engine.Operations;
import io.sluice.engine.Operations.EventCursor;
import io.sluice.engine.Operations.EventView;
import io.sluice.engine.TenantId;
import io.sluice.engine.engine.Engine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Follows what a tenant's jobs announce, for one watcher at a time a call.
@Component
public class EventStream {
  private static final int PAGE = 200;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /// News come at once. But what a transaction that still runs may precede is shown later, and
  /// nobody tells when that has ended.
  private static final Duration LOOK_ANYWAY = Duration.ofSeconds(1);

  /// So that a burst of commits is one look.
  private static final Duration GATHER = Duration.ofMillis(50);

  private final Engine engine;
  private final Operations operations;

  EventStream(Engine engine) {
    this.engine = engine;
    this.operations = engine.operations();
  }

  /// Somebody who watches.
  public interface Watcher {
    /// An event; the cursor with which to resume behind it.
    ///
    /// @throws Exception if the watcher is gone
    void event(EventView event) throws Exception;

    /// How far a job is, when that has changed.
    void progress(JobView job) throws Exception;

    /// Whether it wants to know how far jobs are. Not to look for it is a query less at each news.
    default boolean wantsProgress() {
      return true;
    }

    /// Nothing has happened for a while.
    void quiet() throws Exception;
  }

  /// Follows until the watcher is gone or the thread is interrupted.
  ///
  /// @param from where to begin; null: now
  public void follow(TenantId tenant, @Nullable EventCursor from, Watcher watcher)
      throws Exception {
    var news = new Semaphore(1);
    var at = from == null ? operations.now() : from;
    var shown = new HashMap<JobId, Mark>();
    try (var watch = engine.watch(news::release)) {
      // The answer begins now, not with the first event: who sees it misses nothing from here on.
      watcher.quiet();
      long silentNanos = 0;
      while (!Thread.currentThread().isInterrupted()) {
        boolean told = news.tryAcquire(LOOK_ANYWAY.toNanos(), TimeUnit.NANOSECONDS);
        // Taken before the look, so that what comes during it is looked at again.
        news.drainPermits();
        var next = send(tenant, at, watcher);
        boolean progressed =
            told && watcher.wantsProgress() && sendProgress(tenant, shown, watcher);
        silentNanos =
            progressed || !next.equals(at) ? 0 : silentNanos + (told ? 0 : LOOK_ANYWAY.toNanos());
        at = next;
        if (silentNanos >= KEEP_ALIVE.toNanos()) {
          watcher.quiet();
          silentNanos = 0;
        }
        TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
      }
    }
  }

  private EventCursor send(TenantId tenant, EventCursor from, Watcher watcher) throws Exception {
    var at = from;
    while (true) {
      var page = operations.events(at, PAGE);
      for (var event : page.events()) {
        if (event.tenant().equals(tenant)) {
          watcher.event(event);
        }
      }
      at = page.next();
      if (page.events().size() < PAGE) {
        return at;
      }
    }
  }

  /// @return whether there was any
  private boolean sendProgress(TenantId tenant, Map<JobId, Mark> shown, Watcher watcher)
      throws Exception {
    var working = operations.jobs(JobFilter.ALL.of(tenant).in(JobState.WORKING), null, PAGE);
    shown.keySet().retainAll(working.stream().map(JobView::id).toList());
    boolean any = false;
    for (var job : working) {
      var mark = new Mark(job.progressDone(), job.progressTotal());
      if (!mark.equals(Mark.NONE) && !mark.equals(shown.put(job.id(), mark))) {
        watcher.progress(job);
        any = true;
      }
    }
    return any;
  }

  /// How far a job was when it was last shown.
  private record Mark(long done, long total) {
    static final Mark NONE = new Mark(0, 0);
  }
}
