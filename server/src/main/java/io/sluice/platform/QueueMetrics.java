package io.sluice.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.sluice.engine.Operations;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// What is in the queues, for a scrape.
@Component
class QueueMetrics implements CountedAtScrape {
  private final Operations operations;
  private final MultiGauge jobs;
  private final MultiGauge deadLetters;

  QueueMetrics(Operations operations, MeterRegistry registry) {
    this.operations = operations;
    this.jobs = MultiGauge.builder("sluice.queue.jobs").register(registry);
    this.deadLetters = MultiGauge.builder("sluice.dead.letters").register(registry);
  }

  @Override
  public void count() {
    var rows = new ArrayList<MultiGauge.Row<?>>();
    for (var queue : operations.queues()) {
      rows.addAll(rows(queue));
    }
    jobs.register(rows, true);
    deadLetters.register(
        operations.deadLetters(null).stream()
            .<MultiGauge.Row<?>>map(
                g -> MultiGauge.Row.of(Tags.of("kind", g.kind(), "cause", g.cause()), g.count()))
            .toList(),
        true);
  }

  private static List<MultiGauge.Row<?>> rows(Operations.QueueView queue) {
    return List.of(
        row(queue, "ready", queue.ready()),
        row(queue, "held", queue.held()),
        row(queue, "working", queue.working()),
        row(queue, "waiting", queue.waiting()),
        row(queue, "retryable", queue.retryable()));
  }

  private static MultiGauge.Row<?> row(Operations.QueueView queue, String state, long count) {
    return MultiGauge.Row.of(Tags.of("queue", queue.name(), "state", state), count);
  }
}
