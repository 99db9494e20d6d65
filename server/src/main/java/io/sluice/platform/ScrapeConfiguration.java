package io.sluice.platform;

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Has the queues counted when somebody scrapes.
@Configuration(proxyBeanMethods = false)
class ScrapeConfiguration {
  @Bean
  FilterRegistrationBean<Filter> countQueuesBeforeScrape(QueueMetrics metrics) {
    var filter =
        new FilterRegistrationBean<Filter>((request, response, chain) -> {
          metrics.refresh();
          chain.doFilter(request, response);
        });
    filter.addUrlPatterns("/actuator/prometheus");
    return filter;
  }
}
