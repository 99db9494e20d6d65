package io.sluice.guard.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.sluice.guard.Admission;
import io.sluice.guard.Answer;
import io.sluice.guard.BreakerState;
import io.sluice.guard.CallFailure;
import io.sluice.guard.NotNow;
import io.sluice.guard.store.Breaker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the guard does, as meters.
final class GuardMetrics {
  private final MeterRegistry registry;
  private final MultiGauge states;

  GuardMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.states =
        MultiGauge.builder("sluice.circuit.state")
            .description("0: closed, 1: half-open, 2: open")
            .register(registry);
  }

  /// A call has ended.
  ///
  /// @param answer null: there was none
  void called(String service, @Nullable Answer answer, @Nullable Exception failure, Duration took) {
    registry
        .timer(
            "sluice.outbound.call",
            Tags.of("service", service, "outcome", outcome(answer, failure)))
        .record(took);
  }

  private static String outcome(@Nullable Answer answer, @Nullable Exception failure) {
    if (answer != null) {
      return answer.status() / 100 + "xx";
    }
    return failure instanceof CallFailure known
        ? known.code().toLowerCase(Locale.ROOT)
        : "interrupted";
  }

  /// A call was not made.
  void notNow(NotNow refusal, String service) {
    var why = refusal instanceof NotNow.CircuitOpen ? "circuit" : "rate";
    registry
        .counter("sluice.outbound.not.now", Tags.of("service", service, "why", why))
        .increment();
  }

  /// A step was told to wait before it began.
  void waits(String service, Admission admission) {
    if (admission instanceof Admission.Later) {
      registry.counter("sluice.outbound.later", Tags.of("service", service)).increment();
    }
  }

  /// The states of breakers; of two tenants' the worse.
  void states(Collection<Breaker> breakers) {
    var worst = new HashMap<String, Integer>();
    for (var breaker : breakers) {
      worst.merge(breaker.key().service(), height(breaker.state()), Math::max);
    }
    states.register(
        worst.entrySet().stream()
            .<MultiGauge.Row<?>>map(
                e -> MultiGauge.Row.of(Tags.of("service", e.getKey()), e.getValue()))
            .toList(),
        true);
  }

  private static int height(BreakerState state) {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }
}
