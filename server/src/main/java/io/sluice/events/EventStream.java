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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Follows what a tenant's jobs announce, for one watcher at a time a call.
@Component
public class EventStream {
  private static final int PAGE = 200;
  private static final long KEEP_ALIVE_SECONDS = 15;
  private static final long GATHER_MILLIS = 50;

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

    /// Nothing has happened for a while.
    void quiet() throws Exception;
  }

  /// Follows until the watcher is gone or the thread is interrupted.
  ///
  /// @param from where to begin; null: now
  public void follow(
      TenantId tenant, @org.jspecify.annotations.Nullable EventCursor from, Watcher watcher)
      throws Exception {
    var news = new Semaphore(1);
    var at = from == null ? operations.now() : from;
    var shown = new HashMap<JobId, Long>();
    try (var watch = engine.watch(news::release)) {
      while (!Thread.currentThread().isInterrupted()) {
        if (!news.tryAcquire(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)) {
          watcher.quiet();
          continue;
        }
        at = send(tenant, at, watcher);
        sendProgress(tenant, shown, watcher);
        TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
        news.drainPermits();
        at = send(tenant, at, watcher);
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

  private void sendProgress(TenantId tenant, Map<JobId, Long> shown, Watcher watcher)
      throws Exception {
    for (var job : operations.jobs(JobFilter.ALL.of(tenant).in(JobState.WORKING), null, PAGE)) {
      long mark = job.progressDone() * 31 + job.progressTotal();
      if (mark != 0 && !Long.valueOf(mark).equals(shown.put(job.id(), mark))) {
        watcher.progress(job);
      }
    }
  }
}
