package io.sluice.webhooks.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.platform.Problem.Fault;
import io.sluice.platform.SpringTx;
import io.sluice.webhooks.Endpoint;
import io.sluice.webhooks.HookTargets;
import io.sluice.webhooks.HookTargets.Target;
import io.sluice.webhooks.IncomingCall;
import io.sluice.webhooks.IncomingWebhooks;
import io.sluice.webhooks.KeyPlace;
import io.sluice.webhooks.ReceivedHook;
import io.sluice.webhooks.Verdict;
import io.sluice.webhooks.WebhookProblem;
import io.sluice.webhooks.model.Excerpt;
import io.sluice.webhooks.model.Greeting;
import io.sluice.webhooks.model.HeaderRules;
import io.sluice.webhooks.model.Verifier;
import io.sluice.webhooks.store.ReceivedStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/// The door for calls from outside, opened.
@Service
class ReceivingService implements IncomingWebhooks {
  private final ObjectProvider<HookTargets> targets;
  private final ReceivedStore received;
  private final SpringTx transactions;
  private final IdSource ids;
  private final InstantSource clock;

  ReceivingService(
      ObjectProvider<HookTargets> targets,
      ReceivedStore received,
      SpringTx transactions,
      IdSource ids,
      InstantSource clock) {
    this.targets = targets;
    this.received = received;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /// A token's target, and who knows it.
  private record Found(HookTargets by, Target target) {}

  @Override
  public Answer receive(String token, IncomingCall call) {
    if (call.body().length > MOST_BYTES) {
      throw new WebhookProblem.HookTooLarge();
    }
    var found = find(token).orElseThrow(WebhookProblem.UnknownHook::new);
    return switch (verify(found.target().endpoint(), call, clock.instant())) {
      case Verdict.Refused(String reason) -> {
        received.insert(row(found.target(), call, null).refused(reason));
        throw new WebhookProblem.HookRefused();
      }
      case Verdict.Accepted(String replayKey) ->
          transactions.in(tx -> accept(tx, found, call, replayKey));
    };
  }

  private Optional<Found> find(String token) {
    return targets
        .orderedStream()
        .flatMap(by -> by.find(token).map(target -> new Found(by, target)).stream())
        .findFirst();
  }

  /// The record and what it starts are one transaction: a call whose start fails was not received,
  /// and may come again.
  private Answer accept(Tx tx, Found found, IncomingCall call, @Nullable String replayKey) {
    var hook = row(found.target(), call, replayKey);
    if (!received.insert(hook)) {
      received.insert(hook.replayed());
      return new Answer.Replayed(hook.id());
    }
    var challenge = Greeting.challenge(call);
    if (challenge.isPresent()) {
      return new Answer.Challenged(challenge.get());
    }
    if (Greeting.ping(call)) {
      return new Answer.Accepted(hook.id(), null);
    }
    var started =
        found.by().accept(tx, found.target(), new HookTargets.AcceptedCall(hook.id(), call));
    if (started != null) {
      received.setStarted(hook.id(), started);
    }
    return new Answer.Accepted(hook.id(), started);
  }

  private ReceivedStore.New row(Target target, IncomingCall call, @Nullable String replayKey) {
    return new ReceivedStore.New(
        ids.next(),
        target.tenant(),
        target.trigger(),
        "accepted",
        null,
        replayKey,
        headers(target.endpoint(), call),
        Excerpt.bytes(call.body(), Excerpt.OF_CALL),
        call.body().length);
  }

  /// Also a key in a header whose name does not look like one is a credential here.
  private static Map<String, List<String>> headers(Endpoint endpoint, IncomingCall call) {
    var shown = new TreeMap<>(HeaderRules.hidden(call.headers()));
    var key = endpoint.key();
    if (key != null && key.in() == KeyPlace.In.HEADER) {
      shown.computeIfPresent(
          key.name().toLowerCase(Locale.ROOT), (_, _) -> List.of(HeaderRules.HIDDEN));
    }
    return shown;
  }

  @Override
  public Verdict verify(Endpoint endpoint, IncomingCall call, Instant now) {
    return Verifier.verify(endpoint, call, now);
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    return Verifier.faults(endpoint);
  }

  @Override
  public List<ReceivedHook> received(
      TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
    return received.list(tenant, filter, before, limit);
  }

  @Override
  public ReceivedHook received(TenantId tenant, UUID id) {
    return received.find(tenant, id).orElseThrow(() -> new WebhookProblem.UnknownReceivedHook(id));
  }
}
