package io.sluice.guard.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.engine.IdSource;
import io.sluice.guard.Egress;
import io.sluice.guard.RateLimit;
import io.sluice.guard.Sockets;
import io.sluice.guard.http.CheckedSockets;
import io.sluice.guard.http.Names;
import io.sluice.guard.http.Transport;
import io.sluice.guard.model.ConfigRules;
import io.sluice.guard.model.EgressPolicy;
import io.sluice.guard.model.Network;
import io.sluice.guard.store.BreakerStore;
import io.sluice.guard.store.PermitStore;
import io.sluice.guard.store.RateStore;
import io.sluice.guard.store.WindowStore;
import io.sluice.platform.CannotStart;
import io.sluice.platform.Every;
import io.sluice.platform.SluiceSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.dao.DataAccessException;

/// This node's guard.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GuardConfiguration.Settings.class)
class GuardConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(GuardConfiguration.class);

  /// So that calls seldom meet knowledge that is too old, and read for themselves.
  private static final Duration TURN = Duration.ofMillis(750);

  /// @param rateLimits by service, or by another key that calls name
  @ConfigurationProperties("sluice")
  record Settings(@DefaultValue Map<String, RateLimit> rateLimits) {}

  @Bean
  SharedClock sharedClock(InstantSource clock) {
    return new SharedClock(clock);
  }

  @Bean
  Board.Stores guardStores(
      BreakerStore breakers, WindowStore windows, PermitStore permits, RateStore rates) {
    return new Board.Stores(breakers, windows, permits, rates);
  }

  @Bean
  Board board(Board.Stores stores, Moves moves, SharedClock clock, IdSource ids) {
    return new Board(stores, moves, clock, ids);
  }

  @Bean
  Turnstile turnstile(
      Board board, PermitStore permits, Moves moves, SharedClock clock, IdSource ids) {
    return new Turnstile(board, permits, moves, clock, ids);
  }

  @Bean
  GuardMetrics guardMetrics(MeterRegistry registry) {
    return new GuardMetrics(registry);
  }

  @Bean(destroyMethod = "close")
  Transport transport(SluiceSettings settings, AsyncTaskExecutor applicationTaskExecutor) {
    return new Transport(Names.SYSTEM, policy(settings.egressAllow()), applicationTaskExecutor);
  }

  @Bean
  Sockets sockets(SluiceSettings settings) {
    return new CheckedSockets(Names.SYSTEM, policy(settings.egressAllow()));
  }

  @Bean
  Egress egress(SluiceSettings settings) {
    return new LookedUpEgress(policy(settings.egressAllow()));
  }

  static EgressPolicy policy(List<String> allowed) {
    return new EgressPolicy(
        allowed.stream()
            .filter(text -> !text.isBlank())
            .map(text ->
                Network.parse(text)
                    .orElseThrow(() ->
                        new CannotStart(
                            "SLUICE_EGRESS_ALLOW is not understood: '"
                                + text
                                + "' is no network. Write 10.1.0.0/16 or 127.0.0.1:9000.",
                            null)))
            .toList());
  }

  @Bean
  GuardedOutbound outbound(
      Transport transport,
      Board board,
      Turnstile turnstile,
      SharedClock clock,
      GuardMetrics metrics,
      Board.Stores stores,
      Settings settings) {
    var limits = checked(settings.rateLimits());
    return new GuardedOutbound(
        transport,
        new GuardedOutbound.Parts(
            board, turnstile, new Rates(stores.rates(), clock), limits, metrics, clock));
  }

  private static Map<String, RateLimit> checked(Map<String, RateLimit> limits) {
    limits.forEach((key, limit) -> {
      for (var fault : ConfigRules.faults(limit)) {
        throw new CannotStart(
            "The setting sluice.rate-limits."
                + key
                + fault.pointer().replace('/', '.')
                + " "
                + fault.detail()
                + ".",
            null);
      }
    });
    return Map.copyOf(limits);
  }

  /// Stops before the board's database does; what was counted last is written then.
  @Bean(destroyMethod = "close")
  Pulse guardPulse(Board board, GuardMetrics metrics) {
    return new Pulse(
        board,
        Every.start(
            "guard",
            TURN,
            () -> {
              board.turn();
              metrics.states(board.watched());
            }));
  }

  /// The node's once-a-second.
  record Pulse(Board board, Every every) implements AutoCloseable {
    @Override
    public void close() {
      every.close();
      try {
        board.flush();
      } catch (DataAccessException e) {
        LOG.warn("what was counted last could not be written: {}", e.getMessage());
      }
    }
  }
}
