package io.sluice.workflow.steps;

import io.sluice.engine.Branch;
import io.sluice.expression.Expression;
import io.sluice.workflow.Json;
import io.sluice.workflow.Signals;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.model.Wait;
import io.sluice.workflow.store.EventWaitStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// WAIT. Gives the payload of the signal or event, and null after a time.
final class WaitStep {
  /// Nobody means to wait longer.
  private static final Duration LONGEST = Duration.ofDays(3660);

  Begun begin(Wait config, StepCall call) {
    return switch (config.what()) {
      case Wait.For.Elapsed elapsed -> {
        var duration = duration(call.render(elapsed.duration()));
        yield until(call.now().plus(duration));
      }
      case Wait.For.Until until -> until(time(call.text(until.time())));
      case Wait.For.Signal signal -> {
        var name = call.text(signal.name());
        if (name == null || name.isBlank() || name.length() > 100) {
          throw StepFailure.lasting(
              "BAD_SIGNAL", "'signal' must render to a name of 1 to 100 characters");
        }
        yield new Begun(false, null, null, name, Map.of("signal", name));
      }
      case Wait.For.Event event ->
          new Begun(
              false,
              null,
              null,
              event.filter() == null ? Map.of() : named(event.filter(), call),
              Map.of("event", event.type(), "since", call.now().toString()));
    };
  }

  private static Begun until(Instant until) {
    return new Begun(false, null, until, null, Map.of("until", until.toString()));
  }

  private static Duration duration(@Nullable Object value) {
    try {
      var duration =
          switch (value) {
            case Number seconds -> Duration.ofMillis((long) (seconds.doubleValue() * 1000));
            case String text when text.matches("\\d+(\\.\\d+)?") ->
                Duration.ofMillis((long) (Double.parseDouble(text) * 1000));
            case String text -> Duration.parse(text);
            case null, default -> Duration.ofSeconds(-1);
          };
      if (!duration.isNegative()) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
      }
    } catch (DateTimeException | ArithmeticException _) {
      // Said below.
    }
    throw StepFailure.lasting(
        "BAD_TIME", "'duration' must render to an ISO 8601 duration, or to a number of seconds");
  }

  private static Instant time(@Nullable String text) {
    try {
      return OffsetDateTime.parse(String.valueOf(text)).toInstant();
    } catch (DateTimeException e) {
      throw StepFailure.lasting(
          "BAD_TIME", "'until' must render to a time as in RFC 3339, e.g. 2026-01-31T12:00:00Z", e);
    }
  }

  /// What the filter will need, as it is now.
  private static Map<String, @Nullable Object> named(Expression filter, StepCall call) {
    var named = new LinkedHashMap<String, @Nullable Object>();
    for (var reference : filter.references()) {
      var root = reference.root();
      if (reference.everything() || root.equals("event") || root.equals("secrets")) {
        continue;
      }
      if (root.equals("steps") && !reference.whole()) {
        @SuppressWarnings("unchecked")
        var steps =
            (Map<String, @Nullable Object>)
                named.computeIfAbsent("steps", _ -> new LinkedHashMap<String, Object>());
        steps.put(
            String.valueOf(reference.member()),
            call.variables().members("steps").get(reference.member()));
      } else {
        named.put(root, call.variables().root(root));
      }
    }
    return named;
  }

  StepResult end(Wait config, Begun begun, StepCall call) {
    return switch (config.what()) {
      case Wait.For.Elapsed _, Wait.For.Until _ -> rest(begun, call);
      case Wait.For.Signal _ -> signal(config, begun, call);
      case Wait.For.Event event -> event(config, event, begun, call);
    };
  }

  private static StepResult rest(Begun begun, StepCall call) {
    var until = begun.until() == null ? call.now() : begun.until();
    while (call.time().now().isBefore(until)) {
      call.rest(until, "step '" + call.step().id() + "' waits until " + until);
    }
    return new StepResult(null, begun.input());
  }

  /// In a scope of its own, so that two steps may wait for signals of one name.
  private static StepResult signal(Wait config, Begun begun, StepCall call) {
    var name = Signals.named(String.valueOf(begun.state()));
    var patience = new Messages.Patience(config.timeout(), config.onTimeout());
    var branch =
        new Branch<Json>("0", job -> new Json(Messages.await(job, call, name, patience).payload()));
    var got = call.job().parallel(call.name() + "#signal", Json.class, List.of(branch), 1);
    return new StepResult(got.getFirst() == null ? null : got.getFirst().value(), begun.input());
  }

  private static StepResult event(Wait config, Wait.For.Event event, Begun begun, StepCall call) {
    var job = call.job().id().value();
    @SuppressWarnings("unchecked")
    var variables = (Map<String, @Nullable Object>) begun.state();
    var since =
        begun.input() instanceof Map<?, ?> shown && shown.get("since") instanceof String text
            ? Instant.parse(text)
            : call.now();
    var wait =
        new EventWaitStore.EventWait(
            job,
            call.path(),
            call.job().tenant(),
            event.type(),
            event.filter() == null ? null : event.filter().source(),
            variables == null ? Map.of() : variables,
            since);
    call.job()
        .transaction(
            call.name() + "#noted",
            Boolean.class,
            tx -> {
              EventWaitStore.put(tx.connection(), wait);
              return true;
            });
    try {
      var patience = new Messages.Patience(config.timeout(), config.onTimeout());
      var got = Messages.await(call.job(), call, Signals.event(call.path()), patience);
      if (!got.arrived()) {
        forget(call);
      }
      return new StepResult(got.payload(), begun.input());
    } catch (StepFailure timeout) {
      forget(call);
      throw timeout;
    }
  }

  private static void forget(StepCall call) {
    call.job()
        .transaction(
            call.name() + "#forgotten",
            Boolean.class,
            tx -> {
              EventWaitStore.remove(tx.connection(), call.job().id().value(), call.path());
              return true;
            });
  }
}
