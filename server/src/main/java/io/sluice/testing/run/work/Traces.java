package io.sluice.testing.run.work;

import io.sluice.engine.IdSource;
import io.sluice.platform.Every;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.store.StepStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// The traces that are being written in this server. What has come is stored at the latest after a
/// quarter of a second, so that whoever watches sees it.
@Component
class Traces implements DisposableBean {
  private static final Duration TURN = Duration.ofMillis(200);

  private final StepStore steps;
  private final IdSource ids;
  private final InstantSource clock;
  private final Set<TraceWriter> open = ConcurrentHashMap.newKeySet();
  private @Nullable Every every;

  Traces(StepStore steps, IdSource ids, InstantSource clock) {
    this.steps = steps;
    this.ids = ids;
    this.clock = clock;
  }

  /// A trace for an attempt: from now on nobody else writes of the execution.
  ///
  /// @param told gets the number of steps so far
  TraceWriter open(ExecutionPlan plan, IntConsumer told) {
    var writer =
        new StepStore.Writer(plan.tenant(), plan.ids().execution(), plan.attempt(), ids.next());
    if (!steps.hold(writer)) {
      throw new TraceWriter.Taken(plan.ids().execution());
    }
    var trace =
        new TraceWriter(
            writer, new TraceWriter.Tools(steps, ids, clock, told), plan.settings().timeout());
    open.add(trace);
    trace.whenClosed(() -> open.remove(trace));
    begin();
    return trace;
  }

  /// The thread begins with the first trace.
  private synchronized void begin() {
    if (every == null) {
      every = Every.start("test-steps", TURN, () -> open.forEach(TraceWriter::flushOld));
    }
  }

  @Override
  public synchronized void destroy() {
    if (every != null) {
      every.close();
    }
  }
}
