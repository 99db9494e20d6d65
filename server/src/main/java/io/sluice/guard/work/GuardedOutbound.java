package io.sluice.guard.work;

import io.sluice.engine.StepKey;
import io.sluice.engine.TenantId;
import io.sluice.guard.Admission;
import io.sluice.guard.Answer;
import io.sluice.guard.Call;
import io.sluice.guard.CallFailure;
import io.sluice.guard.Guard;
import io.sluice.guard.GuardProblem;
import io.sluice.guard.NotNow;
import io.sluice.guard.Outbound;
import io.sluice.guard.RateLimit;
import io.sluice.guard.StreamedOutbound;
import io.sluice.guard.http.Transport;
import io.sluice.guard.model.CallOutcome;
import io.sluice.guard.model.ConfigRules;
import io.sluice.guard.model.RetryAfter;
import io.sluice.guard.store.Key;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happens around a call, from top to bottom: it is looked at, the breaker and the rates are
/// asked, it is made, and how it went is counted.
final class GuardedOutbound implements Outbound, StreamedOutbound, Guard {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final Transport transport;
  private final Board board;
  private final Turnstile turnstile;
  private final Rates rates;
  private final Map<String, RateLimit> limits;
  private final GuardMetrics metrics;
  private final SharedClock clock;

  GuardedOutbound(Transport transport, Parts parts) {
    this.transport = transport;
    this.board = parts.board();
    this.turnstile = parts.turnstile();
    this.rates = parts.rates();
    this.limits = parts.limits();
    this.metrics = parts.metrics();
    this.clock = parts.clock();
  }

  /// What it works with.
  ///
  /// @param limits of the settings, by key
  record Parts(
      Board board,
      Turnstile turnstile,
      Rates rates,
      Map<String, RateLimit> limits,
      GuardMetrics metrics,
      SharedClock clock) {}

  @Override
  public Answer send(Call call) throws InterruptedException {
    return send(call, transport::send);
  }

  @Override
  public Answer stream(Call call, Writing body, Listener listener) throws InterruptedException {
    // Packed, it could not be heard as it comes.
    var plain = call.with(call.headers().only(l -> !l.name().equalsIgnoreCase("Accept-Encoding")));
    return send(
        plain.with("Accept-Encoding", "identity"),
        ready -> transport.stream(ready, body, listener));
  }

  /// How a call is made.
  @FunctionalInterface
  private interface Sending {
    Answer send(Transport.Ready ready) throws InterruptedException;
  }

  private Answer send(Call call, Sending how) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    var ready = Transport.ready(keyed(call));
    var ticket = enter(call);
    long began = System.nanoTime();
    @Nullable Answer answer = null;
    @Nullable Exception failure = null;
    try {
      answer = how.send(ready);
      obey(ticket.circuit(), answer);
      return answer;
    } catch (RuntimeException | InterruptedException e) {
      failure = e;
      throw e;
    } finally {
      turnstile.leave(ticket, outcome(call, ticket.circuit(), answer, failure));
      var took = Duration.ofNanos(System.nanoTime() - began);
      metrics.called(call.service(), answer, failure, took);
    }
  }

  /// The key of the step that makes the call, so that the other side can tell a repeat.
  private static Call keyed(Call call) {
    if (!ConfigRules.isService(call.service())) {
      throw new GuardProblem.BadService();
    }
    return StepKey.current()
        .filter(_ -> !call.headers().has("Idempotency-Key"))
        .map(key -> call.with("Idempotency-Key", key.value()))
        .orElse(call);
  }

  private Turnstile.Ticket enter(Call call) {
    var circuit = board.circuit(new Key(call.tenant(), call.service()));
    try {
      if (turnstile.look(circuit) instanceof Gate.Wait wait) {
        throw turnstile.notNow(circuit, wait);
      }
      takeRates(call, circuit);
      return turnstile.enter(circuit, call.options().timeout());
    } catch (NotNow refusal) {
      metrics.notNow(refusal, call.service());
      throw refusal;
    }
  }

  private void takeRates(Call call, Circuit circuit) {
    var own = limit(circuit);
    if (own != null) {
      rates.take(call.tenant(), ofService(call.service()), call.service(), own);
    }
    var key = call.options().rateKey();
    var other = key == null ? null : limits.get(key);
    if (key != null && other != null) {
      rates.take(call.tenant(), "key/" + key, key, other);
    }
  }

  private @Nullable RateLimit limit(Circuit circuit) {
    var configured = circuit.config().rateLimit();
    return configured == null ? limits.get(circuit.key().service()) : configured;
  }

  private static String ofService(String service) {
    return "service/" + service;
  }

  /// A service that asks for a pause gets it.
  private void obey(Circuit circuit, Answer answer) {
    boolean asks = answer.status() == TOO_MANY_REQUESTS || answer.status() == UNAVAILABLE;
    if (asks && circuit.config().honourRetryAfter()) {
      answer
          .headers()
          .first("Retry-After")
          .flatMap(text -> RetryAfter.read(text, clock.instant()))
          .ifPresent(time -> turnstile.pause(circuit, time));
    }
  }

  /// How the call went, for the breaker; null: it tells nothing of the service.
  private static @Nullable CallOutcome outcome(
      Call call, Circuit circuit, @Nullable Answer answer, @Nullable Exception failure) {
    if (answer == null) {
      return switch (failure) {
        case CallFailure.Passing _ -> CallOutcome.FAILED;
        case CallFailure.ResponseTooLarge _ -> CallOutcome.OK;
        case null, default -> null;
      };
    }
    if (answer.status() != TOO_MANY_REQUESTS && call.options().failed().test(answer.status())) {
      return CallOutcome.FAILED;
    }
    boolean slow = answer.took().compareTo(circuit.config().slowCallDuration()) >= 0;
    return slow ? CallOutcome.SLOW : CallOutcome.OK;
  }

  @Override
  public Admission admit(TenantId tenant, String service) {
    if (!ConfigRules.isService(service)) {
      throw new GuardProblem.BadService();
    }
    var admission = look(tenant, service);
    metrics.waits(service, admission);
    return admission;
  }

  private Admission look(TenantId tenant, String service) {
    var circuit = board.circuit(new Key(tenant, service));
    if (turnstile.look(circuit) instanceof Gate.Wait wait) {
      return new Admission.Later(wait.until(), NotNow.behind(service) + wait.how());
    }
    var until = limit(circuit) == null ? null : rates.look(tenant, ofService(service));
    return until == null
        ? Admission.Go.NOW
        : new Admission.Later(until, "rate limit '" + service + "' is used up");
  }
}
