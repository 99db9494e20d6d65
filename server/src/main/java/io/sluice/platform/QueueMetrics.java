package io.sluice.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.sluice.engine.Operations;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/// What is in the queues, for a scrape. Counted when asked, at most every few seconds, so that
/// nobody who does not look pays for it. When the database is away, a scrape shows the last count.
@Component
class QueueMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(QueueMetrics.class);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int PATIENCE_SECONDS = 2;

  private final Operations operations;
  private final InstantSource clock;
  private final AsyncTaskExecutor executor;
  private final MultiGauge jobs;
  private final MultiGauge deadLetters;
  private Instant counted = Instant.MIN;

  QueueMetrics(
      Operations operations,
      InstantSource clock,
      AsyncTaskExecutor applicationTaskExecutor,
      MeterRegistry registry) {
    this.operations = operations;
    this.clock = clock;
    this.executor = applicationTaskExecutor;
    this.jobs = MultiGauge.builder("sluice.queue.jobs").register(registry);
    this.deadLetters = MultiGauge.builder("sluice.dead.letters").register(registry);
  }

  /// Counts anew, if the last count is old.
  synchronized void refresh() {
    var now = clock.instant();
    if (counted.plus(FRESH).isAfter(now)) {
      return;
    }
    counted = now;
    var counting = executor.submit(this::count);
    try {
      counting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      counting.cancel(true);
      LOG.warn(
          "the queues could not be counted; the metrics show the last count: {}", e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void count() {
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

  /// Has the queues counted when somebody scrapes. Filters are made with the web server, long
  /// before the database is there: what counts is asked for at the first scrape.
  @Configuration(proxyBeanMethods = false)
  static class Scrapes {
    @Bean
    FilterRegistrationBean<Filter> countQueuesBeforeScrape(ObjectProvider<QueueMetrics> metrics) {
      var filter =
          new FilterRegistrationBean<Filter>((request, response, chain) -> {
            metrics.getObject().refresh();
            chain.doFilter(request, response);
          });
      filter.addUrlPatterns("/actuator/prometheus");
      return filter;
    }
  }
}
