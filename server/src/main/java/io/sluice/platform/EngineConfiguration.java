package io.sluice.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.engine.EngineSettings;
import io.sluice.engine.IdSource;
import io.sluice.engine.JacksonCodec;
import io.sluice.engine.Jobs;
import io.sluice.engine.Operations;
import io.sluice.engine.engine.Engine;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// The engine of this server, with every handler in it.
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  /// Threads may share it.
  @Bean
  RandomGenerator random() {
    return new Random();
  }

  @Bean
  IdSource ids() {
    return IdSource.system();
  }

  @Bean
  Secrets secrets() {
    return new Secrets(System::getenv);
  }

  @Bean(destroyMethod = "close")
  EngineLifetime engineLifetime(
      DataSource pool,
      SluiceSettings settings,
      List<JobHandler<?, ?>> handlers,
      List<QueueConcurrency> queues,
      IdSource ids,
      JsonMapper mapper,
      MeterRegistry metrics) {
    var engineSettings =
        EngineSettings.DEFAULT
            .withName(ManagementFactory.getRuntimeMXBean().getName())
            .withConcurrency(settings.concurrency())
            .withConcurrency("workflows", settings.workflowConcurrency())
            .withConcurrency("workflow-items", settings.workflowConcurrency())
            .withLease(settings.lease())
            .withRetention(settings.retention())
            .withCodec(new JacksonCodec(mapper))
            .withTelemetry(new MicrometerTelemetry(metrics));
    for (var queue : queues) {
      engineSettings = engineSettings.withConcurrency(queue.queue(), queue.jobs());
    }
    var builder = Engine.on(pool).with(engineSettings).withIds(ids);
    for (var handler : handlers) {
      register(builder, handler);
      MicrometerTelemetry.leasesLost(metrics, handler.kind().name());
    }
    return new EngineLifetime(builder.start(), settings.stopPatience());
  }

  private static <I, O extends @Nullable Object> void register(
      Engine.Builder builder, JobHandler<I, O> handler) {
    builder.handle(handler.kind(), handler);
  }

  @Bean(destroyMethod = "")
  Engine engine(EngineLifetime lifetime) {
    return lifetime.engine();
  }

  @Bean
  Jobs jobs(Engine engine) {
    return engine.jobs();
  }

  @Bean
  Operations operations(Engine engine) {
    return engine.operations();
  }
}
