package io.sluice.platform;

import jakarta.servlet.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

/// Has counted what is [CountedAtScrape]. When the database is away, a scrape shows the last count.
@Component
class Scrapes {
  private static final Logger LOG = LoggerFactory.getLogger(Scrapes.class);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int PATIENCE_SECONDS = 2;

  private final List<CountedAtScrape> counted;
  private final InstantSource clock;
  private final AsyncTaskExecutor executor;
  private Instant last = Instant.MIN;

  Scrapes(
      List<CountedAtScrape> counted,
      InstantSource clock,
      AsyncTaskExecutor applicationTaskExecutor) {
    this.counted = List.copyOf(counted);
    this.clock = clock;
    this.executor = applicationTaskExecutor;
  }

  /// Counts anew, if the last count is old.
  synchronized void refresh() {
    var now = clock.instant();
    if (last.plus(FRESH).isAfter(now)) {
      return;
    }
    last = now;
    var counting = executor.submit(() -> counted.forEach(CountedAtScrape::count));
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

  /// Filters are made with the web server, long before the database is there: what counts is asked
  /// for at the first scrape.
  @Configuration(proxyBeanMethods = false)
  static class BeforeScrape {
    @Bean
    FilterRegistrationBean<Filter> countBeforeScrape(ObjectProvider<Scrapes> scrapes) {
      var filter =
          new FilterRegistrationBean<Filter>((request, response, chain) -> {
            scrapes.getObject().refresh();
            chain.doFilter(request, response);
          });
      filter.addUrlPatterns("/actuator/prometheus");
      return filter;
    }
  }
}
