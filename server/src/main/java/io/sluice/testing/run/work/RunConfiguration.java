package io.sluice.testing.run.work;

import io.sluice.platform.QueueConcurrency;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What runs are made of, by settings.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RunSettings.class)
class RunConfiguration {
  @Bean
  Kinds testKinds(RunSettings settings) {
    return Kinds.of(settings);
  }

  @Bean
  QueueConcurrency testConcurrency(RunSettings settings) {
    return new QueueConcurrency(Kinds.QUEUE, settings.testConcurrency());
  }
}
